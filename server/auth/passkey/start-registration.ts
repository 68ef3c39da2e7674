import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";
import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { precondition } from "#server/errors.ts";
import { makeChallenge } from "./challenge.ts";
import { loadWebauthn } from "./load-webauthn.ts";
import { relyingParty } from "./relying-party.ts";

const mostPasskeys = 20;

/** Asks the browser for a passkey that can say by itself whose it is, and that verifies its user. */
export async function startRegistration(ctx: UserContext): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { id: userId, email, displayName } = ctx.user;
  const passkeys = await withAuth({ userId }, ctx, (db) =>
    db.passkey.findMany({ where: { userId, revokedAt: null }, select: { credentialId: true, transports: true } }),
  );
  if (passkeys.length >= mostPasskeys) throw precondition("signIn.tooManyPasskeys");
  const challenge = await makeChallenge(ctx, userId);
  const { generateRegistrationOptions } = await loadWebauthn();
  return generateRegistrationOptions({
    rpName: "Chevet",
    rpID: relyingParty().id,
    userID: new Uint8Array(Buffer.from(userId.replaceAll("-", ""), "hex")),
    userName: email,
    userDisplayName: displayName,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    attestationType: "none",
    timeout: 300_000,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: Buffer.from(credentialId).toString("base64url"),
      transports,
    })),
  });
}
