import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** The ways in which a person can prove who they are. */
export interface Proofs {
  readonly password: boolean;
  readonly passkey: boolean;
  readonly code: boolean;
}

export function readProofs(ctx: UserContext): Promise<Proofs> {
  const userId = ctx.user.id;
  return withAuth({ userId }, ctx, async (db) => {
    const user = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } });
    const passkeys = await db.passkey.count({ where: { userId, revokedAt: null } });
    const totp = await db.totp.count({ where: { userId, confirmedAt: { not: null } } });
    return { password: user.passwordHash !== null, passkey: passkeys > 0, code: totp > 0 };
  });
}
