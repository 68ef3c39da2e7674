/** A discussion as a list shows it. */
export interface DiscussionLine {
  readonly id: string;
  readonly patientId: string;
  /** null where the patient is not the reader's to see. */
  readonly patientName: string | null;
  readonly birthDate: string | null;
  readonly subject: string;
  readonly clinical: boolean;
  /** The last message's beginning, by whom and when; '' in the clinic's list of one of care to which nobody called the reader. */
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

export interface DiscussionView extends Omit<DiscussionLine, "lastBody" | "lastAuthor" | "messages"> {
  readonly participants: readonly ParticipantView[];
  /** The oldest first. */
  readonly messages: readonly MessageView[];
  /** What to ask the messages before with; null when these are the first. */
  readonly before: string | null;
}
