import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { DomainError } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { spendChallenge } from "./challenge.ts";
import { loadWebauthn } from "./load-webauthn.ts";
import { relyingParty } from "./relying-party.ts";
import type { Assertion } from "./schema.ts";

export const passkeyRefused = () => new DomainError("Unauthenticated", "signIn.passkeyRefused");

/**
 * Checks a passkey's signature: over our challenge, for this site, by a key that is not revoked, with its user verified by
 * the device (so that it counts as two factors: the device, and the finger or code that opens it).
 * @param userId the only person whose passkey is accepted; null at sign-in, when the passkey says who it is.
 * @returns whose passkey it is. @throws Unauthenticated `passkeyRefused`; Precondition `stepExpired`.
 */
export async function verifyAssertion(ctx: RequestContext, typed: Assertion, userId: string | null): Promise<string> {
  const challenge = await spendChallenge(ctx, typed.response.clientDataJSON, userId);
  const credentialId = new Uint8Array(Buffer.from(typed.id, "base64url"));
  const passkey = await withAuth({ tokenHash: credentialId }, ctx, (db) =>
    db.passkey.findFirst({ where: { credentialId, revokedAt: null } }),
  );
  if (!passkey || (userId !== null && passkey.userId !== userId)) throw passkeyRefused();
  const { id, origin } = relyingParty();
  const { verifyAuthenticationResponse } = await loadWebauthn();
  const result = await verifyAuthenticationResponse({
    response: typed,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    credential: { id: typed.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
  }).catch(() => null);
  if (!result?.verified) throw passkeyRefused();
  const { newCounter, credentialBackedUp } = result.authenticationInfo;
  const moved = await withAuth({ userId: passkey.userId }, ctx, (db) =>
    db.passkey.updateMany({
      // A counter that does not grow betrays a copy of the key (WebAuthn section 6.1.1); most passkeys always say 0.
      where: {
        id: passkey.id,
        revokedAt: null,
        ...(newCounter > 0 || passkey.counter > 0n ? { counter: { lt: newCounter } } : {}),
      },
      data: { counter: newCounter, backedUp: credentialBackedUp, lastUsedAt: new Date() },
    }),
  );
  if (moved.count === 1) return passkey.userId;
  await withAuth({}, ctx, (db) =>
    recordIdentityEvent(db, ctx, {
      event: "passkey.cloned",
      outcome: "refused",
      userId: passkey.userId,
      detail: { passkey: passkey.id },
    }),
  );
  throw passkeyRefused();
}
