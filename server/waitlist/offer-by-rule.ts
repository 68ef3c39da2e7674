import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { hasPage } from "./has-page.ts";
import { holdFreedTime } from "./hold-freed-time.ts";
import { offerFreedTime } from "./jobs.ts";
import { makeOffers } from "./make-offers.ts";
import { quietUntil } from "./quiet-until.ts";
import { readCandidates } from "./read-candidates.ts";
import { readRuleRecord } from "./rule-record.ts";

/**
 * The handler of `offer-freed-time`: asks the next of the list, as many as the clinic said, and comes back when their offers have run out.
 * Everything is looked at again: the switch may be off, the time taken, the cancellation undone. Nothing leaves in quiet hours.
 */
export async function offerByRule(
  ctx: SystemContext & { readonly jobId: string },
  { freedTimeId }: { freedTimeId: string },
): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  const key = await openClinicKey(clinicId);
  await withStaff(ctx, async (db) => {
    await takeJob(db, ctx.jobId);
    const again = (runAt: Date) => enqueue(db, offerFreedTime, { freedTimeId }, { clinicId, runAt });
    const { automatic, batch } = await readRuleRecord(db, clinicId);
    const freed = await db.freedTime.findFirst({ where: { clinicId, id: freedTimeId }, select: { status: true } });
    if (!automatic || freed?.status !== "open" || !(await hasPage(db, clinicId))) return;
    const quiet = await quietUntil(db, clinicId);
    if (quiet) return void (await again(quiet));
    const next = (await readCandidates(db, key, [freedTimeId])).filter(({ reachable }) => reachable).slice(0, batch);
    if (next.length === 0) return;
    const held = await holdFreedTime(db, clinicId, freedTimeId, null).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "Conflict") return null;
      throw error;
    });
    if (!held) return;
    const entryIds = next.map(({ entryId }) => entryId);
    const asked = await makeOffers(db, clinicId, held, { freedTimeId, entryIds, authorId: null });
    await recordAudit(db, ctx, {
      event: "waitlist.offered",
      action: "C",
      entity: "WaitlistOffer",
      entityIds: [freedTimeId, ...asked],
      detail: { automatic: true },
    });
    await again(held.expiresAt);
  });
}
