import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { type DomainError, precondition } from "#server/errors.ts";
import { lacksGround } from "#server/patient/lacks-ground.ts";
import { documentSelect, filedFrom } from "./record.ts";

/**
 * Somebody changed the document first, as this person may see it now: without its words for whoever has no ground to open the chart that it is in;
 * NotFound when they no longer may at all, as the front desk what another filed.
 */
export async function refuseChange(db: Db, ctx: ClinicContext, id: string): Promise<DomainError> {
  const current = await db.document.findFirst({ where: { clinicId: ctx.clinic.id, id }, select: documentSelect });
  if (!current) return refuseStale(db, ctx, id, null);
  const kept = current.handledBy !== ctx.user.id && (await lacksGround(db, current.patientId));
  const datedOn = current.datedOn.toISOString().slice(0, 10);
  return refuseStale(db, ctx, id, { ...current, datedOn, ...(kept && { title: "" }) }, undefined, "no-words");
}

/** The PDF of a letter or of a prescription stays in its chart, under its words: the database holds it so, and this says it in words. @throws Precondition `document.signedHere` */
export function refuseLetter({ sourceSystem }: { readonly sourceSystem: string }): void {
  if (sourceSystem === "letter" || sourceSystem === filedFrom) throw precondition("document.signedHere");
}
