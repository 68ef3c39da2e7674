import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound, precondition } from "#server/errors.ts";

/** @throws NotFound when this person may not see the patient; Precondition when the record was opened by mistake */
export async function requireLivePatient(db: Db, ctx: ClinicContext, id: string): Promise<void> {
  const patient = await db.patient.findFirst({ where: { clinicId: ctx.clinic.id, id }, select: { status: true } });
  if (!patient) throw notFound();
  requireLive(patient);
}

/** @throws Precondition when the record was opened by mistake, or joined to another */
export function requireLive({ status }: { readonly status: string }): void {
  if (status === "entered-in-error") throw precondition("patient.enteredInError");
  if (status === "merged") throw precondition("patient.merged");
}
