import type { SystemContext } from "#server/context.ts";
import type { MailKind, MailValues, PersonKind } from "./mail-templates.ts";
import type { WayOut } from "./way-out.ts";

/** What a composer gives back: where the mail goes, and what it says. Held in memory only, for as long as the send takes. */
export type ComposedMail<Kind extends MailKind> = { to: string; values: MailValues<Kind> } & WayOutOf<Kind>;

/** A person's way out of a clinic's mail: without one, such a mail does not compile. Mail about an account has none. */
type WayOutOf<Kind extends MailKind> = Kind extends PersonKind ? { wayOut: WayOut } : { wayOut?: undefined };

/** What a composer gets: the ids that the producer posted, and nothing else. */
export interface MailRequest {
  deliveryId: string;
  locale: "fr" | "en";
  subject: Record<string, string>;
}

/**
 * Turns ids into a mail at the moment of sending: reads the address again, checks that the mail is still wanted, and where a code or a link is
 * needed mints it and **commits its hash before returning** (a code that was sent must always work; one that was not sent may be lost).
 * Called once per try, so that a mail tried again carries a fresh secret and the one before it stops working.
 * @returns null when the mail is no longer wanted (used, expired, person gone): it is then cancelled.
 */
export type MailComposer<Kind extends MailKind> = (
  ctx: SystemContext,
  request: MailRequest,
) => Promise<ComposedMail<Kind> | null>;

/** One composer per kind: a template without one does not compile. */
export type MailComposers = { readonly [Kind in MailKind]: MailComposer<Kind> };
