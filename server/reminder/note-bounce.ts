import { withStaff } from "#server/db/with-staff.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { takeJob } from "#server/queue/take-job.ts";

/**
 * Refusals for good that are about something else than the address: a mailbox that is full (RFC 3463 x.2.2), a mail that is too large (x.2.3,
 * x.3.4), its form (x.6), the policy of who receives (x.7).
 */
const notTheAddress = /^DSN_5\.(2\.[23]|3\.4|6\.\d+|7\.\d+)$/;

/**
 * The handler of `note-bounce`: a mail of this clinic came back after it had been taken. The message says so, and where the address itself is at
 * fault nothing more is planned to it, until somebody corrects it or tries again by hand.
 */
export function noteBounced(ctx: JobContext, { returnId }: { returnId: string }): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(ctx, async (db) => {
    await takeJob(db, ctx.jobId);
    const [path] = await db.$queryRaw<{ standingId: string | null; code: string }[]>`
      select standing_id as "standingId", code from queue.return_path where clinic_id = ${clinicId}::uuid and id = ${returnId}::uuid and code is not null`;
    if (!path) return;
    const { standingId, code } = path;
    await db.visitMessage.updateMany({
      where: { clinicId, id: returnId, status: { in: ["sending", "sent", "unknown"] } },
      data: { status: "bounced", errorCode: code, settledAt: new Date() },
    });
    if (!standingId || !code.startsWith("DSN_5.") || notTheAddress.test(code)) return;
    await db.contactStanding.updateMany({
      where: { clinicId, id: standingId, bouncedAt: null },
      data: { bouncedAt: new Date(), bounceCode: code, version: { increment: 1 } },
    });
  });
}
