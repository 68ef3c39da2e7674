import type { EncounterClass } from "#server/encounter/schema.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import type { Answers } from "./rich-text-schema.ts";
import type { Diagnosis } from "./schema.ts";

/** What the screens are told of notes. */

export type NoteStatus = "preliminary" | "final" | "amended" | "entered-in-error";
export type NoteRelation = "addendum" | "correction";

/** Who holds an edit at this moment, and until when without a sign of life. */
export interface Hold {
  readonly userId: string;
  readonly name: string;
  readonly until: Date;
}

/** A note being written, as its editor needs it. */
export interface DraftView {
  readonly id: string;
  readonly patientId: string;
  readonly title: string;
  readonly answers: Answers;
  readonly diagnoses: readonly Diagnosis[];
  readonly revision: number;
  readonly savedAt: Date;
  readonly savedBy: string;
  /** Whoever asks wrote this revision. */
  readonly savedByMe: boolean;
  readonly template: {
    readonly id: string;
    /** Its name, when Chevet ships it. */
    readonly shipped: string | null;
    readonly title: string;
    readonly number: number;
    readonly items: readonly QuestionnaireItem[];
  };
  readonly encounter: {
    readonly id: string;
    readonly appointmentId: string | null;
    readonly class: EncounterClass;
    readonly reason: string;
    readonly version: number;
  };
  readonly occurredAt: Date;
  /** The visit that it is of. */
  readonly visitAt: Date | null;
  readonly begunAt: Date;
  readonly audience: Audience;
  readonly authorId: string;
  readonly author: string;
  readonly relation: NoteRelation | null;
  readonly amendsId: string | null;
  /** Of the note, for the optimistic lock of what is not the text. */
  readonly version: number;
  /** This window holds the edit. */
  readonly held: boolean;
  /** Whoever holds it instead; null when it is free or held here. */
  readonly heldBy: Hold | null;
}

/** For whom a note is beside its author; neither: whoever may read the chart. */
export interface Audience {
  readonly professions: readonly string[];
  readonly userIds: readonly string[];
}

/** `user:<id>;profession:<code>;` as the policies read it. */
export function writeAudience({ professions, userIds }: Audience): string {
  return [...userIds.map((one) => `user:${one};`), ...professions.map((one) => `profession:${one};`)].join("");
}

/** Nothing is added to what is for whoever may read the chart. */
export const withUser = (audience: string, userId: string | null): string =>
  !audience || !userId || audience.includes(`user:${userId};`) ? audience : `user:${userId};${audience}`;

export function readAudience(text: string): Audience {
  const of = (kind: string) =>
    text
      .split(";")
      .filter((one) => one.startsWith(`${kind}:`))
      .map((one) => one.slice(kind.length + 1));
  return { professions: of("profession"), userIds: of("user") };
}
