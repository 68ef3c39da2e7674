import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import { isSameEntry } from "#server/record-entry/same-entry.ts";
import { endNoAllergy } from "./end-no-allergy.ts";
import { allergySelect } from "./record.ts";
import { refuseTwice } from "./refuse-twice.ts";
import type { AllergyCard, ChangeAllergyInput } from "./schema.ts";

/** Another reaction, how sure one is, or the end of it. @throws Conflict `stale`, with the other version; Invalid; NotFound */
export async function changeAllergy(ctx: ClinicContext, input: ChangeAllergyInput): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, version, ...card } = input;
  return withStaff(ctx, async (db) => {
    const current = await db.allergyIntolerance.findFirst({
      where: { clinicId, id, kind: { not: "none-known" } },
      select: { ...allergySelect, patientId: true },
    });
    if (!current) throw notFound();
    const { patientId, ...shown } = current;
    checkDates(await openRecord(db, ctx, patientId, { alone: true }), { onset: card.onset });
    if (card.status === "active" && !stands(shown, card)) await refuseTwice(db, { clinicId, patientId, id }, card);
    if (card.status === "active") await endNoAllergy(db, clinicId, patientId);
    const { count } = await db.allergyIntolerance.updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { ...card, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, shown);
    await recordAudit(db, ctx, {
      event: "allergy.changed",
      action: "U",
      entity: "AllergyIntolerance",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, status: card.status },
    });
    return { version: version + 1 };
  });
}

/** Active under that name already: two records that were joined may both have it, and each is still completed or ended. */
const stands = (
  before: { status: string; certainty: string; codeSystem: string; code: string; substance: string },
  card: AllergyCard,
) =>
  before.status === "active" &&
  before.certainty !== "refuted" &&
  isSameEntry({ ...card, words: [card.substance] }, { ...before, words: [before.substance] });
