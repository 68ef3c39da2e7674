import type { ClinicContext } from "#server/context.ts";
import { precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { requireRecentProof } from "../proof/require-recent-proof.ts";
import { type BrowserContext, beginJourney } from "./journey.ts";
import { readOpenProvider } from "./provider.ts";
import { requireOwnDoor } from "./require-own-door.ts";

/**
 * Sends a member to the clinic's provider, to be linked to who they are there. Only from a session that they opened by a
 * means of their own, and proved a moment ago.
 * @throws Precondition `signIn.confirmNeeded`, `oidc.ownMeansOnly`, `oidc.noDoor`, and as discoverProvider does
 */
export async function startLink(ctx: ClinicContext & BrowserContext): Promise<{ address: string }> {
  requireOwnDoor(ctx);
  requireRecentProof(ctx);
  await consumeLimit("oidc-address", addressKey(ctx.origin.address));
  const provider = await readOpenProvider(ctx, ctx.clinic.id);
  if (!provider) throw precondition("oidc.noDoor");
  return beginJourney(ctx, provider, { kind: "link", sessionId: ctx.session.id }, ctx.user.id);
}
