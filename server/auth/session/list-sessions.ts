import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

export interface MySession {
  readonly id: string;
  readonly realm: string;
  readonly method: string;
  /** « Firefox, Windows »; empty when the browser did not say. */
  readonly device: string;
  /** `local`, or empty when the address says nothing. */
  readonly place: string;
  readonly address: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly locked: boolean;
  /** The one that asks. */
  readonly current: boolean;
}

/** Sessions of this person that are open now, the latest first; at most 100. */
export async function listSessions(ctx: UserContext): Promise<MySession[]> {
  const rows = await withAuth({ userId: ctx.user.id }, ctx, (db) =>
    db.session.findMany({
      where: { userId: ctx.user.id, revokedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { lastSeenAt: "desc" },
      take: 100,
      select: {
        id: true,
        realm: true,
        method: true,
        device: true,
        place: true,
        address: true,
        createdAt: true,
        lastSeenAt: true,
        lockedAt: true,
        idleMinutes: true,
      },
    }),
  );
  const asleep = (minutes: number, seen: Date) => Date.now() - seen.getTime() > minutes * 60_000;
  return rows.map(({ lockedAt, idleMinutes, ...row }) => ({
    ...row,
    locked: lockedAt !== null || asleep(idleMinutes, row.lastSeenAt),
    current: row.id === ctx.session.id,
  }));
}
