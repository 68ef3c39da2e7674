import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

export interface MyPasskey {
  readonly id: string;
  readonly label: string;
  /** Copied to the person's other devices by its maker. */
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The person's passkeys, the oldest first. */
export function listPasskeys(ctx: UserContext): Promise<MyPasskey[]> {
  const userId = ctx.user.id;
  return withAuth({ userId }, ctx, (db) =>
    db.passkey.findMany({
      where: { userId, revokedAt: null },
      orderBy: { createdAt: "asc" },
      select: { id: true, label: true, backedUp: true, createdAt: true, lastUsedAt: true },
    }),
  );
}
