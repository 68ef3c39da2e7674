import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { takeJob } from "#server/queue/take-job.ts";

/**
 * The handler of `settle-offers`. Accepted: the wait is over, the time is nobody's to offer any more, and the others are thanked. Anything
 * else: asked by somebody who waits no more, who leaves the list. Either way what else they were offered is theirs no longer.
 */
export async function settleOffer(
  ctx: SystemContext & { readonly jobId: string },
  { offerId }: { offerId: string },
): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  await withStaff(ctx, async (db) => {
    await takeJob(db, ctx.jobId);
    const offer = await db.waitlistOffer.findFirst({
      where: { clinicId, id: offerId, status: { not: "open" } },
      select: { entryId: true, status: true, freedTimeId: true },
    });
    if (!offer) return;
    const { entryId, freedTimeId } = offer;
    const accepted = offer.status === "accepted";
    const { count } = await db.waitlistEntry.updateMany({
      where: { clinicId, id: entryId, status: "waiting" },
      data: { status: accepted ? "booked" : "removed", version: { increment: 1 } },
    });
    // Whoever has a time, or waits no more, has no other that was offered meanwhile: its hold runs out, or is whoever's answers first.
    await db.waitlistOffer.updateMany({
      where: { clinicId, entryId, status: "open" },
      data: { status: "withdrawn", answeredAt: new Date() },
    });
    if (count > 0)
      await recordAudit(db, ctx, {
        event: accepted ? "waitlist.settled" : "waitlist.removed",
        action: "U",
        entity: "WaitlistEntry",
        entityIds: [entryId],
      });
    if (!accepted) return;
    await db.freedTime.updateMany({ where: { clinicId, id: freedTimeId }, data: { status: "dismissed" } });
    const others = await db.$queryRaw<{ id: string; locale: "fr" | "en" }[]>`
      update clinic.waitlist_offer o set status = 'taken', answered_at = now()
      where o.clinic_id = ${clinicId}::uuid and o.freed_time_id = ${freedTimeId}::uuid and o.status = 'open'
      returning o.id, case when coalesce(
        (select r.language from clinic.request_person r where r.clinic_id = o.clinic_id and r.id = o.request_person_id),
        (select p.language from clinic.patient p where p.clinic_id = o.clinic_id and p.id = o.patient_id)) = 'en' then 'en' else 'fr' end as locale`;
    for (const { id, locale } of others)
      await postMail(db, { kind: "waitlist-thanks", subject: { offerId: id }, locale, clinicId });
  });
}
