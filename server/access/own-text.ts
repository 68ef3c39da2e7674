import type { ClinicContext } from "#server/context.ts";
import { forbidden } from "#server/errors.ts";

/** In whose name a signed text stands. */
export interface SignedText {
  readonly authorId: string | null;
  readonly signedBy: string | null;
  /** Who answers for a trainee. */
  readonly cosignerId?: string | null;
}

/**
 * A signed text is corrected by who wrote it, who signed it, or who answers for it: each professional answers for their own entries, and what
 * another has to say of them is an addendum in their own name (Règlement sur les dossiers, M-9 r. 20.3.1; C-26 r. 200.2 s. 8).
 */
export function mayCorrect({ user }: ClinicContext, { authorId, signedBy, cosignerId }: SignedText): boolean {
  return [authorId, signedBy, cosignerId].includes(user.id);
}

/**
 * That it should not be there at all (another patient's chart) is said by the same people, or by whoever gives care here and has charge of the
 * clinic's records: its author may have left. No word changes for it, and who said so and why is shown.
 */
export function mayDeclareError(ctx: ClinicContext, text: SignedText): boolean {
  return mayCorrect(ctx, text) || ctx.membership.permissions.has("privacy:manage");
}

/** @throws Forbidden for whoever may not correct it */
export function requireOwn(ctx: ClinicContext, texts: readonly SignedText[]): void {
  if (!texts.some((text) => mayCorrect(ctx, text))) throw forbidden();
}
