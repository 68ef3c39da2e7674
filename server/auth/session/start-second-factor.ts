import { createHash, randomBytes } from "node:crypto";
import type { Realm, RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** How long the second step may take (seconds). */
export const pendingSeconds = 600;

/** A first step passed, in a cookie of its own until the second: no session exists yet. */
export interface PendingSignIn {
  readonly token: string;
}

/** The realm is part of what is hashed: a first step taken in one realm is nothing in another. */
export function hashPending(realm: Realm, token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(`second-factor:${realm}:${token}`).digest());
}

/** Asks for a second step when the person has a code application; null when they have none. */
export async function startSecondFactor(
  ctx: RequestContext,
  { userId, realm }: { userId: string; realm: Realm },
): Promise<PendingSignIn | null> {
  const token = randomBytes(32).toString("base64url");
  return withAuth({ userId }, ctx, async (db) => {
    const totp = await db.totp.findFirst({ where: { userId, confirmedAt: { not: null } }, select: { userId: true } });
    if (!totp) return null;
    await db.oneTimeSecret.createMany({
      data: {
        id: newId(),
        purpose: "second_factor",
        userId,
        secretHash: hashPending(realm, token),
        expiresAt: new Date(Date.now() + pendingSeconds * 1000),
      },
    });
    return { token };
  });
}
