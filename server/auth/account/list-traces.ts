import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

export interface Trace {
  readonly id: string;
  readonly at: Date;
  readonly event: string;
  readonly outcome: string;
  readonly address: string | null;
}

const pageSize = 50;

/** What happened around this account, the latest first: signing in, refusals, changes. @param before the last id already seen. */
export async function listTraces(ctx: UserContext, before?: string): Promise<{ traces: Trace[]; next: string | null }> {
  const userId = ctx.user.id;
  const rows = await withAuth({ userId }, ctx, (db) =>
    db.identityAuditEvent.findMany({
      where: { userId, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: "desc" },
      take: pageSize + 1,
      select: { id: true, recordedAt: true, event: true, outcome: true, address: true },
    }),
  );
  const traces = rows.slice(0, pageSize).map(({ recordedAt, ...row }) => ({ ...row, at: recordedAt }));
  return { traces, next: rows.length > pageSize ? (traces.at(-1)?.id ?? null) : null };
}
