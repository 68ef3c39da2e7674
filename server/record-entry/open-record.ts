import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { invalid, notFound } from "#server/errors.ts";
import { requireLive } from "#server/patient/require-live-patient.ts";
import { todayIn } from "#server/patient/today.ts";

/** Whoever something is about to be written of. */
export interface OpenRecord {
  readonly patientId: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * The ground is asked for here, before anything of the record is compared: a refusal would say what stands there.
 * @param alone others who write here meanwhile wait: for what must be judged beside what else is written of the patient
 * @throws NotFound when this person may not see the patient; Precondition when the record was opened by mistake or joined to another, and
 *   `chart.reasonNeeded` to whoever has no ground
 */
export async function openRecord(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  { alone = false } = {},
): Promise<OpenRecord> {
  const clinicId = ctx.clinic.id;
  if (alone)
    await db.$queryRaw`select 1 from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid for no key update`;
  const patient = await db.patient.findFirst({
    where: { clinicId, id: patientId },
    select: { status: true, birthDate: true },
  });
  if (!patient) throw notFound();
  requireLive(patient);
  await db.$queryRaw`select clinic.grounded(${patientId}::uuid)`;
  const birthDate = patient.birthDate?.toISOString().slice(0, 10) ?? null;
  return { patientId, birthDate, today: todayIn(ctx.clinic.timeZone) };
}

/** Partial dates by the name of their field: none is to come, none is before the patient was born. @throws Invalid */
export function checkDates({ birthDate, today }: OpenRecord, dates: Readonly<Record<string, string>>): void {
  const faults = Object.entries(dates).flatMap(([field, date]) => {
    if (date > today.slice(0, date.length)) return [[field, "record.future"]];
    if (date !== "" && birthDate && date < birthDate.slice(0, date.length)) return [[field, "record.beforeBirth"]];
    return [];
  });
  if (faults.length > 0) throw invalid("invalid", Object.fromEntries(faults));
}
