import type { ReactNode } from "react";
import type { z } from "zod";

export type MailLocale = "fr" | "en";

/** What every template is given beside its own values. */
export interface Writing {
  locale: MailLocale;
  /** The full address of a page of this site: its path after CHEVET_ORIGIN, which comes from the settings and never from a request. */
  link(path: string): string;
}

/**
 * One kind of mail. `values` is all that it may say: a strict schema whose names a test holds to a short list (AC-63), so that a
 * reason, a service or a number of a person cannot get in by way of a new field.
 */
export interface MailTemplate<Values extends z.ZodObject> {
  values: Values;
  /** Made-up values that show every form of the mail: for the preview page and the tests. */
  samples: z.output<Values>[];
  subject(values: z.output<Values>, locale: MailLocale): string;
  /** Said to whoever asked a clinic for something and has no account here. */
  forVisitor?: true;
  /** The line that a mailbox shows after the subject. */
  preview(values: z.output<Values>, locale: MailLocale): string;
  body(values: z.output<Values>, writing: Writing): ReactNode;
}

export function defineMail<Values extends z.ZodObject>(template: MailTemplate<Values>): MailTemplate<Values> {
  return template;
}
