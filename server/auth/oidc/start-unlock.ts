import type { UserContext } from "#server/context.ts";
import { precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { type BrowserContext, beginJourney } from "./journey.ts";
import { readOpenProvider } from "./provider.ts";

/**
 * Sends the person of a session that sleeps back to the provider that opened it, in another tab: what is typed in this one
 * stays beneath the lock.
 * @throws Precondition `oidc.noDoor` when no provider opened this session, and as discoverProvider does
 */
export async function startUnlock(ctx: UserContext & BrowserContext): Promise<{ address: string }> {
  await consumeLimit("oidc-address", addressKey(ctx.origin.address));
  const { clinicId, id } = ctx.session;
  const provider = clinicId ? await readOpenProvider(ctx, clinicId) : null;
  if (!provider) throw precondition("oidc.noDoor");
  return beginJourney(ctx, provider, { kind: "unlock", sessionId: id }, ctx.user.id);
}
