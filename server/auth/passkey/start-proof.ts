import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { makeChallenge } from "./challenge.ts";
import { loadWebauthn } from "./load-webauthn.ts";
import { relyingParty } from "./relying-party.ts";

/** A challenge for this person's passkeys alone: to unlock, to confirm, to pass a second step in place. */
export async function startProof(ctx: UserContext): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const userId = ctx.user.id;
  const passkeys = await withAuth({ userId }, ctx, (db) =>
    db.passkey.findMany({ where: { userId, revokedAt: null }, select: { credentialId: true, transports: true } }),
  );
  const challenge = await makeChallenge(ctx, userId);
  const { generateAuthenticationOptions } = await loadWebauthn();
  return generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    userVerification: "required",
    timeout: 300_000,
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: Buffer.from(credentialId).toString("base64url"),
      transports,
    })),
  });
}
