import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { readSessionRules } from "../session/read-session-rules.ts";

export interface TotpState {
  /** null: not turned on. */
  readonly since: Date | null;
  readonly recoveryCodesLeft: number;
  /** One of the person's clinics, or the host, asks for a second factor. */
  readonly required: boolean;
}

export async function readTotp(ctx: UserContext): Promise<TotpState> {
  const userId = ctx.user.id;
  const { requireSecondFactor } = await readSessionRules(userId);
  return withAuth({ userId }, ctx, async (db) => {
    const totp = await db.totp.findFirst({
      where: { userId, confirmedAt: { not: null } },
      select: { confirmedAt: true },
    });
    const recoveryCodesLeft = await db.recoveryCode.count({ where: { userId, usedAt: null } });
    return {
      since: totp?.confirmedAt ?? null,
      recoveryCodesLeft,
      required: requireSecondFactor || ctx.session.realm === "host",
    };
  });
}
