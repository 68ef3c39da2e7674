import type { UserContext } from "#server/context.ts";
import { precondition } from "#server/errors.ts";

/** How long a proof is recent (milliseconds). */
const recent = 10 * 60_000;

/**
 * For acts that would let a stranger at an open screen keep the account or harm others: changing a factor, the e-mail, the
 * password, somebody's role. The browser asks for a proof in place and calls again by itself (app/_session).
 * @throws Precondition `signIn.confirmNeeded`.
 */
export function requireRecentProof(ctx: UserContext): void {
  if (Date.now() - Date.parse(ctx.session.confirmedAt) > recent) throw precondition("signIn.confirmNeeded");
}
