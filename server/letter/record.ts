import type { ReferralStatus } from "#server/referral/schema.ts";
import type { LetterContent, LetterKind } from "./schema.ts";

/** What the screens are told of letters. */

export type LetterStatus = "draft" | "discarded" | "signed" | "replaced" | "entered-in-error";

/** One state that a request was in. */
export interface Step {
  readonly status: ReferralStatus;
  /** `YYYY-MM-DD`: when it came to be. */
  readonly on: string;
  /** ISO 8601: when it was said. */
  readonly at: string;
  readonly by: string;
  readonly note: string;
}

export interface RequestView {
  readonly id: string;
  readonly letterId: string;
  readonly status: ReferralStatus;
  readonly specialty: string;
  readonly priority: string;
  readonly recipient: string;
  /** `YYYY-MM-DD` */
  readonly expectedOn: string | null;
  /** An answer was expected before today, and none came. */
  readonly late: boolean;
  readonly steps: readonly Step[];
  readonly reportDocumentId: string | null;
  readonly version: number;
}

/** One line of a chart's letters. */
export interface LetterLine {
  readonly id: string;
  readonly kind: LetterKind;
  readonly status: LetterStatus;
  readonly subject: string;
  readonly recipient: string;
  /** Of the directory, when they are in it and it is signed. */
  readonly correspondentId: string | null;
  /** When it was signed; while it is written, when it was saved last. */
  readonly at: string;
  readonly author: string;
  readonly mine: boolean;
  readonly documentId: string | null;
  readonly correctsId: string | null;
  readonly errorReason: string | null;
  readonly request: RequestView | null;
  readonly version: number;
}

export interface LetterView {
  readonly id: string;
  readonly patientId: string;
  readonly kind: LetterKind;
  readonly status: LetterStatus;
  readonly template: { readonly title: string; readonly number: number } | null;
  readonly content: LetterContent;
  readonly revision: number;
  readonly savedAt: Date | null;
  readonly savedByMe: boolean;
  readonly author: string;
  readonly mayCorrect: boolean;
  readonly mayDeclareError: boolean;
  readonly signedAt: Date | null;
  readonly documentId: string | null;
  readonly corrects: { readonly id: string; readonly signedAt: string } | null;
  /** The signed letter that took its place. */
  readonly replacedBy: string | null;
  readonly errorReason: string | null;
  readonly version: number;
}

/** What a screen that lost to another is shown of a letter. */
export const letterSelect = { id: true, status: true, version: true, lastUpdated: true } as const;
