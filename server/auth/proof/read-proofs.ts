import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** The ways in which a person can prove who they are. */
export interface Proofs {
  readonly password: boolean;
  readonly passkey: boolean;
  readonly code: boolean;
  /** A clinic's provider opened this session, and may wake it: what the clinic calls that provider. */
  readonly provider: string | null;
}

export function readProofs(ctx: UserContext): Promise<Proofs> {
  const userId = ctx.user.id;
  const clinicId = ctx.session.clinicId ?? undefined;
  return withAuth({ userId, clinicId }, ctx, async (db) => {
    const user = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } });
    const passkeys = await db.passkey.count({ where: { userId, revokedAt: null } });
    const totp = await db.totp.count({ where: { userId, confirmedAt: { not: null } } });
    const door = clinicId
      ? await db.oidcProvider.findFirst({ where: { clinicId, enabled: true }, select: { label: true } })
      : null;
    return {
      provider: door?.label ?? null,
      password: user.passwordHash !== null,
      passkey: passkeys > 0,
      code: totp > 0,
    };
  });
}
