import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { RequestContext } from "#server/context.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { makeChallenge } from "./challenge.ts";
import { loadWebauthn } from "./load-webauthn.ts";
import { relyingParty } from "./relying-party.ts";

/** What the browser needs to offer the passkeys it holds for this site. Names nobody's: the passkey says whose it is. */
export async function startPasskeySignIn(ctx: RequestContext): Promise<PublicKeyCredentialRequestOptionsJSON> {
  await consumeLimit("passkey-address", addressKey(ctx.origin.address));
  const challenge = await makeChallenge(ctx, null);
  const { generateAuthenticationOptions } = await loadWebauthn();
  return generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    userVerification: "required",
    timeout: 300_000,
  });
}
