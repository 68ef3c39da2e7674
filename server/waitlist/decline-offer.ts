import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { conflict, notFound } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { settleOffers } from "./jobs.ts";

/** Leaves the time to the others, and the list too when `leave` says so. Said twice, once. @throws NotFound; Conflict `offer.accepted` */
export async function declineOffer(ctx: VisitorContext, { leave }: { leave: boolean }): Promise<{ declined: true }> {
  const clinicId = ctx.clinic.id;
  const tokenHash = ctx.tokenHash && Buffer.from(ctx.tokenHash);
  if (!tokenHash) throw notFound();
  return withVisitor(ctx, async (db) => {
    const [offer] = await db.$queryRaw<{ id: string; status: string }[]>`
      select id, status from clinic.waitlist_offer where clinic_id = ${clinicId}::uuid and token_hash = ${tokenHash}`;
    if (!offer) throw notFound();
    const { id, status } = offer;
    if (status === "accepted") throw conflict("offer.accepted");
    // Whoever answered before, or came too late, may still leave the list.
    if (leave) await enqueue(db, settleOffers, { offerId: id }, { clinicId });
    const changed = await db.$executeRaw`
      update clinic.waitlist_offer set status = 'declined', answered_at = now() where clinic_id = ${clinicId}::uuid and id = ${id}::uuid and status = 'open'`;
    if (changed > 0 || leave)
      await recordAudit(db, ctx, {
        event: "waitlist.declined",
        action: "U",
        entity: "WaitlistOffer",
        entityIds: [id],
        ground: "patient-request",
        detail: { leave },
      });
    return { declined: true };
  });
}
