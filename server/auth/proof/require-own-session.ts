import type { UserContext } from "#server/context.ts";
import { precondition } from "#server/errors.ts";

/** What openSession writes as the last proof of a session that a clinic's own provider opened: none by the person. */
export const neverConfirmed = new Date(0);

/**
 * A clinic's provider opens that clinic, not the person's account: whoever runs the provider could otherwise give
 * themselves a passkey, and with it the person's other clinics. Such a session shows and changes the account only after
 * the person has proved who they are by a means of their own.
 * @throws Precondition `signIn.confirmNeeded`.
 */
export function requireOwnSession({ session }: UserContext): void {
  if (session.clinicId !== null && Date.parse(session.confirmedAt) <= neverConfirmed.getTime()) {
    throw precondition("signIn.confirmNeeded");
  }
}
