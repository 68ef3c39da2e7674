import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "./caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "./clinic.ts";
import { opens } from "./ground.ts";

/** A patient of a clinic, and a doctor who follows them. */
export interface TestRecord {
  readonly clinic: TestClinic;
  readonly doctor: TestMember;
  readonly patientId: string;
  readonly caller: ReturnType<typeof callerOf>;
}

export async function makeRecord(birthDate = "1958-03-14"): Promise<TestRecord> {
  const clinic = await makeClinic();
  const doctor = await makeMember(clinic, "professional");
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate });
  await opens(doctor, patientId);
  return { clinic, doctor, patientId, caller: callerOf(doctor, clinic) };
}

/** Measured together at that moment: `[["weight", "78,4"]]`. @returns the ids, in order */
export async function measure(
  { caller, patientId }: TestRecord,
  values: readonly (readonly [code: string, value: string, more?: object])[],
  at = new Date(),
): Promise<string[]> {
  const made = values.map(([code, value, more]) => ({ id: newId(), code, value, ...more }));
  return (await caller.observation.record({ patientId, panelId: newId(), at, values: made })).ids;
}

/** So many days before now. */
export const daysAgo = (count: number) => new Date(Date.now() - count * 86_400_000);
