import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, precondition } from "#server/errors.ts";
import { hasPage } from "./has-page.ts";
import { holdFreedTime } from "./hold-freed-time.ts";
import { makeOffers } from "./make-offers.ts";
import { readCandidates } from "./read-candidates.ts";
import type { OfferTimeInput } from "./schema.ts";

/**
 * Offers a freed time to those whom staff chose among who would take it. The time is kept for them until the offers run out; the first to
 * accept has it. Sent twice, those who were asked are not asked again.
 * @throws Conflict `waitlist.slotGone`, `waitlist.alreadyOffered`; Precondition `waitlist.contactNeeded`, `waitlist.pageNeeded`; NotFound
 */
export async function offerTime(
  ctx: ClinicContext,
  { freedTimeId, entryIds }: OfferTimeInput,
): Promise<{ asked: number; expiresAt: Date }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const key = await openClinicKey(clinicId);
  return withStaff(ctx, async (db) => {
    if (!(await hasPage(db, clinicId))) throw precondition("waitlist.pageNeeded");
    const held = await holdFreedTime(db, clinicId, freedTimeId, ctx.user.id);
    const candidates = await readCandidates(db, key, [freedTimeId]);
    const chosen = candidates.filter(({ entryId }) => entryIds.includes(entryId));
    if (chosen.length === 0) throw conflict("waitlist.alreadyOffered");
    const ids = chosen.filter(({ reachable }) => reachable).map(({ entryId }) => entryId);
    if (ids.length === 0) throw precondition("waitlist.contactNeeded");
    const asked = await makeOffers(db, clinicId, held, { freedTimeId, entryIds: ids, authorId: ctx.user.id });
    await recordAudit(db, ctx, {
      event: "waitlist.offered",
      action: "C",
      entity: "WaitlistOffer",
      entityIds: [freedTimeId, ...asked],
      ground: "care",
      detail: { automatic: false },
    });
    return { asked: asked.length, expiresAt: held.expiresAt };
  });
}
