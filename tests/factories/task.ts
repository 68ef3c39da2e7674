import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addTask } from "#server/task/add-task.ts";
import { type AddTaskInput, addTaskInput } from "#server/task/schema.ts";
import { makeMember, type TestClinic, type TestMember } from "./clinic.ts";

/** For the front desk, about nobody, unless said otherwise. */
export const taskInputOf = (more: Partial<AddTaskInput> = {}): AddTaskInput =>
  addTaskInput.parse({
    id: newId(),
    patientId: null,
    title: "Rappeler au sujet du rendez-vous",
    detail: "",
    owner: { kind: "role", role: "assistant" },
    clinical: false,
    dueOn: null,
    ...more,
  });

/** @returns its id */
export async function makeTask({ ctx }: Pick<TestMember, "ctx">, more: Partial<AddTaskInput> = {}): Promise<string> {
  return (await addTask(ctx, taskInputOf(more))).id;
}

/** As if it had been given so long ago that somebody else is to be told now. */
export async function makeUnopenedFor(clinic: TestClinic, id: string): Promise<void> {
  await withStaff(clinic.owner.ctx, async (db) => {
    const where = { clinicId: clinic.id, id };
    await db.task.updateMany({
      where,
      data: { escalatesAt: new Date(Date.now() - 60_000), version: { increment: 1 } },
    });
  });
}

/** About a patient, given to somebody else too long ago. */
export async function anUnopenedTask(clinic: TestClinic): Promise<string> {
  const { userId } = await makeMember(clinic, "assistant");
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  const id = await makeTask(clinic.owner, { patientId, owner: { kind: "user", userId } });
  await makeUnopenedFor(clinic, id);
  return id;
}
