import { withStaff } from "#server/db/with-staff.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { takeJob } from "#server/queue/take-job.ts";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { followText } from "./jobs.ts";

/** A carrier that has said nothing for a day says nothing any more. */
const lookAgainMs = [600_000, 3_600_000, 21_600_000, 64_800_000];

/**
 * The handler of `follow-text`: asks the carrier what became of a text message. What was unknown may become known; nothing is ever sent
 * from here.
 */
export function createTextFollower(carrier: SmsDriver | undefined) {
  return async function followSentText(ctx: JobContext, { messageId }: { messageId: string }): Promise<void> {
    const clinicId = ctx.clinicId ?? "";
    const sent = await withStaff(ctx, (db) =>
      db.visitMessage.findFirst({
        where: { clinicId, id: messageId, channel: "sms", status: { in: ["sent", "unknown"] } },
        select: { providerId: true, settledAt: true },
      }),
    );
    if (!sent?.settledAt || !carrier?.follow) return;
    const found = await carrier.follow({ providerId: sent.providerId, reference: messageId });
    const age = Date.now() - sent.settledAt.getTime();
    await withStaff(ctx, async (db) => {
      await takeJob(db, ctx.jobId);
      if (found !== "pending") {
        await db.visitMessage.updateMany({
          where: { clinicId, id: messageId, status: { in: ["sent", "unknown"] } },
          data: { status: found, errorCode: found === "failed" ? "NotDelivered" : null, settledAt: new Date() },
        });
        return;
      }
      const next = lookAgainMs.find((ms) => ms > age);
      if (next) await enqueue(db, followText, { messageId }, { clinicId, runAt: new Date(Date.now() + next - age) });
    });
  };
}
