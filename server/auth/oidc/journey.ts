import { createHash, randomBytes } from "node:crypto";
import * as client from "openid-client";
import { z } from "zod";
import type { RequestContext } from "#server/context.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { needEnv } from "#server/env.ts";
import { setCookieHeader, sideCookieName } from "../cookies.ts";
import { discoverProvider } from "./discover-provider.ts";
import { callbackAddress, type OpenProvider } from "./provider.ts";

/** A person on their way to a provider and back: ten minutes, once, in one browser (seconds). */
const journeySeconds = 600;
/** How old a sign-in at the provider may be when we ask for one (seconds): a workstation is shared, so « now » is meant. */
const freshSeconds = 60;
/** Between their clock and ours (seconds). */
const skew = 30;

/** What a journey is for. All but a sign-in belong to the session that began them. */
const purpose = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sign-in"), next: z.string() }),
  z.object({ kind: z.literal("link"), sessionId: z.string() }),
  z.object({ kind: z.literal("unlock"), sessionId: z.string() }),
]);
export type Purpose = z.infer<typeof purpose>;

const kept = z.object({
  purpose,
  nonce: z.string(),
  verifier: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  begunAt: z.number(),
});

/** A journey that came back: what was kept of its beginning. */
export interface Journey extends z.infer<typeof kept> {
  readonly clinicId: string;
  readonly userId: string | null;
}

/** A call that can keep a cookie in the browser that makes it. */
export interface BrowserContext extends RequestContext {
  readonly readCookie?: (name: string) => string | undefined;
  readonly setCookie?: (cookie: string) => void;
}

/** Marks the browser in which a journey began: the address that comes back opens nothing in another one. */
export const browserCookieName = () => sideCookieName("oidc", "staff", needEnv("CHEVET_ORIGIN"));

const isBrowser = (value: string | undefined): value is string => /^[\w-]{43}$/.test(value ?? "");

/** One row per journey, keyed by what only this browser and the address that comes back hold together. */
const hashOf = (clinicId: string, state: string, browser: string) =>
  new Uint8Array(createHash("sha256").update(`oidc:${clinicId}:${state}:${browser}`).digest());

const placeOf = (row: string) => ({
  clinic: "platform",
  table: "identity.one_time_secret",
  column: "sealed_data",
  row,
});

/**
 * Begins a journey: code flow with PKCE, state and nonce, all of them kept here and none in the browser.
 * @param userId whose journey it is, when somebody is signed in already.
 * @returns where the browser goes.
 * @throws Precondition, as discoverProvider does
 */
export async function beginJourney(
  ctx: BrowserContext,
  provider: OpenProvider,
  purpose: Purpose,
  userId: string | null = null,
): Promise<{ address: string }> {
  const { clinicId, issuer, clientId } = provider;
  const configuration = await discoverProvider(provider);
  const origin = needEnv("CHEVET_ORIGIN");
  const before = ctx.readCookie?.(browserCookieName());
  // The same mark for each journey of a browser: two tabs do not disturb each other.
  const browser = isBrowser(before) ? before : randomBytes(32).toString("base64url");
  const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
  const id = newId();
  const tokenHash = hashOf(clinicId, state, browser);
  const begunAt = Math.floor(Date.now() / 1000);
  const data = JSON.stringify({ purpose, nonce, verifier, issuer, clientId, begunAt } satisfies z.infer<typeof kept>);
  const sealedData = sealValue(await openPlatformKey(), placeOf(id), data);
  await withAuth({ tokenHash }, ctx, (db) =>
    db.oneTimeSecret.createMany({
      data: {
        id,
        purpose: "oidc_state",
        userId,
        clinicId,
        secretHash: tokenHash,
        sealedData,
        expiresAt: new Date((begunAt + journeySeconds) * 1000),
      },
    }),
  );
  ctx.setCookie?.(setCookieHeader(browserCookieName(), browser, journeySeconds, origin));
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callbackAddress(clinicId),
    // Who it is, and nothing about them: neither name nor e-mail is asked for.
    scope: "openid",
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    max_age: String(freshSeconds),
    ui_locales: ctx.locale,
  });
  return { address: address.href };
}

/**
 * Ends a journey, whatever comes of it: its row is spent before anything is looked at.
 * @returns null when it was never begun in this browser for this clinic, was spent, or took too long.
 */
export async function spendJourney(
  ctx: RequestContext,
  { clinicId, state, browser }: { clinicId: string; state: string; browser: string | undefined },
): Promise<Journey | null> {
  if (!isBrowser(browser)) return null;
  const tokenHash = hashOf(clinicId, state, browser);
  const row = await withAuth({ tokenHash }, ctx, async (db) => {
    const mine = { secretHash: tokenHash, purpose: "oidc_state", clinicId };
    const { count } = await db.oneTimeSecret.updateMany({
      where: { ...mine, usedAt: null, expiresAt: { gt: new Date() } },
      data: { usedAt: new Date() },
    });
    if (count === 0) return null;
    return db.oneTimeSecret.findFirst({ where: mine, select: { id: true, userId: true, sealedData: true } });
  });
  if (!row?.sealedData) return null;
  const data = openText(await openPlatformKey(), placeOf(row.id), row.sealedData);
  return { ...kept.parse(JSON.parse(data)), clinicId, userId: row.userId };
}

/** Whether the person signed in at the provider for this journey, rather than some time before it. */
export function isFresh(journey: Pick<Journey, "begunAt">, authTime: unknown): boolean {
  return typeof authTime === "number" && authTime >= journey.begunAt - freshSeconds - skew;
}
