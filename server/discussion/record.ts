/** A discussion as a list shows it. */
export interface DiscussionLine {
  readonly id: string;
  readonly patientId: string;
  /** null where the patient is not the reader's to see. */
  readonly patientName: string | null;
  readonly birthDate: string | null;
  /** Of care, nobody called the reader to it, and they have no ground to open this chart: subject and last words are left out. */
  readonly withheld: boolean;
  /** "" while it is withheld; so is `lastBody`. */
  readonly subject: string;
  readonly clinical: boolean;
  /** The last message's beginning, by whom and when. */
  readonly lastBody: string;
  readonly lastAuthor: string;
  readonly lastMessageAt: Date;
  readonly messages: number;
  readonly unread: boolean;
  /** The reader's attention is asked for. */
  readonly mine: boolean;
}

export interface MessageView {
  readonly id: string;
  readonly author: string;
  readonly mine: boolean;
  readonly body: string;
  readonly createdAt: Date;
}

export interface ParticipantView {
  /** `user:<id>`, `role:<role>`, `profession:<code>`. */
  readonly key: string;
  /** Of a person; null for a role or a profession. */
  readonly name: string | null;
}

export interface DiscussionView extends Omit<DiscussionLine, "withheld" | "lastBody" | "lastAuthor" | "messages"> {
  readonly participants: readonly ParticipantView[];
  /** The oldest first. */
  readonly messages: readonly MessageView[];
  /** What to ask the messages before with; null when these are the first. */
  readonly before: string | null;
}
