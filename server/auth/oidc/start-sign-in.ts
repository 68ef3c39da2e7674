import { precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { findDoor } from "./find-door.ts";
import { type BrowserContext, beginJourney } from "./journey.ts";
import { readOpenProvider } from "./provider.ts";

/**
 * Sends somebody to the provider of the clinic at this address.
 * @param next where they were going in that clinic; anything else is not kept.
 * @returns the provider's address.
 * @throws Precondition `oidc.noDoor`, and as discoverProvider does; LimitReached
 */
export async function startSignIn(
  ctx: BrowserContext,
  { slug, next }: { slug: string; next: string },
): Promise<{ address: string }> {
  await consumeLimit("oidc-address", addressKey(ctx.origin.address));
  const door = await findDoor(ctx, slug);
  const provider = door && (await readOpenProvider(ctx, door.clinicId));
  if (!provider) throw precondition("oidc.noDoor");
  return beginJourney(ctx, provider, { kind: "sign-in", next: insideClinic(slug, next) });
}

/** A session of this door opens this clinic alone: so does the way back. */
function insideClinic(slug: string, next: string): string {
  const home = `/clinic/${slug}`;
  const inside = next === home || next.startsWith(`${home}/`) || next.startsWith(`${home}?`);
  return inside && /^[\w/?=&%.~-]+$/.test(next) ? next : home;
}
