import { createHash, randomBytes } from "node:crypto";
import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { precondition } from "#server/errors.ts";

const lifeSeconds = 300;

const hashOf = (challenge: string, userId: string | null) =>
  new Uint8Array(
    createHash("sha256")
      .update(`passkey:${userId ?? "anyone"}:${challenge}`)
      .digest(),
  );

/**
 * A challenge to sign, good once and for five minutes. Only its hash is kept, together with the person it was made for:
 * one made for a registration is nothing at sign-in, nor for anybody else.
 * @param userId null for signing in, when nobody is known yet.
 * @returns 32 random bytes, base64url.
 */
export async function makeChallenge(ctx: RequestContext, userId: string | null): Promise<string> {
  const challenge = randomBytes(32).toString("base64url");
  const tokenHash = hashOf(challenge, userId);
  await withAuth({ tokenHash }, ctx, (db) =>
    db.oneTimeSecret.createMany({
      data: {
        id: newId(),
        purpose: "passkey_challenge",
        userId,
        secretHash: tokenHash,
        expiresAt: new Date(Date.now() + lifeSeconds * 1000),
      },
    }),
  );
  return challenge;
}

/**
 * Spends the challenge that the browser signed, whatever comes of the signature.
 * @throws Precondition `stepExpired` when it was never made for this, is used or is too old.
 */
export async function spendChallenge(
  ctx: RequestContext,
  clientDataJson: string,
  userId: string | null,
): Promise<string> {
  const challenge = challengeIn(clientDataJson);
  const tokenHash = hashOf(challenge, userId);
  const { count } = await withAuth({ tokenHash }, ctx, (db) =>
    db.oneTimeSecret.updateMany({
      where: { secretHash: tokenHash, purpose: "passkey_challenge", usedAt: null, expiresAt: { gt: new Date() } },
      data: { usedAt: new Date() },
    }),
  );
  if (count !== 1) throw precondition("signIn.stepExpired");
  return challenge;
}

function challengeIn(clientDataJson: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8"));
    return typeof challenge === "string" ? challenge : "";
  } catch {
    return "";
  }
}
