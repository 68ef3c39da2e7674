import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { invalid, notFound } from "#server/errors.ts";
import type { FocusKind } from "./schema.ts";

/** Where each kind is found. A statement for each: what a caller says never becomes a name in SQL. */
const rows: Readonly<Record<FocusKind, Sql>> = {
  allergy: sql`clinic.allergy_intolerance`,
  appointment: sql`clinic.appointment`,
  condition: sql`clinic.condition`,
  discussion: sql`clinic.discussion`,
  document: sql`clinic.document`,
  history: sql`clinic.history_entry`,
  immunization: sql`clinic.immunization`,
  letter: sql`clinic.letter`,
  medication: sql`clinic.medication`,
  note: sql`clinic.note`,
  observation: sql`clinic.observation`,
  prescription: sql`clinic.prescription`,
};

/**
 * What a task came from is there, is the reader's to see, and is about the same patient, so that its link never leads into another chart.
 * @throws NotFound; Invalid when it is about somebody else
 */
export async function checkFocus(
  db: Db,
  ctx: ClinicContext,
  { kind, id }: { readonly kind: FocusKind; readonly id: string },
  patientId: string | null,
): Promise<void> {
  const [found] = await db.$queryRaw<{ patientId: string | null }[]>`
    select f.patient_id as "patientId" from ${rows[kind]} f where f.clinic_id = ${ctx.clinic.id}::uuid and f.id = ${id}::uuid`;
  if (!found) throw notFound();
  // A document that waits in the inbox is of no patient yet.
  if (found.patientId !== null && found.patientId !== patientId) throw invalid("task.otherPatient");
}
