import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { Answers } from "#server/note/rich-text-schema.ts";
import { callerOf } from "./caller.ts";
import { makeMember, signIn, type TestClinic, type TestMember } from "./clinic.ts";
import { opens } from "./ground.ts";

/** The name of a window of the browser. */
export const newTab = () => newId().replaceAll("-", "");

/** One paragraph per line. */
export const written = (text: string): Answers[string] =>
  text.split("\n").map((line) => ({ runs: line ? [line] : [] }));

/** What a window of the browser sends of a note. */
export const content = (text: string) => ({
  title: "",
  answers: { subjective: written(text) } as Answers,
  diagnoses: [],
});

export interface TestDraft {
  readonly id: string;
  readonly patientId: string;
  readonly tab: string;
}

/** A note that this member has just begun. */
export async function beginTestNote(
  clinic: TestClinic,
  author: TestMember,
  more: { patientId?: string; appointmentId?: string; shipped?: string; occurredAt?: Date } = {},
): Promise<TestDraft> {
  const patientId = more.patientId ?? (await makePatient(clinic.owner.ctx)).id;
  const [id, tab] = [newId(), newTab()];
  await opens(author, patientId);
  const { appointmentId = null, shipped = "soap.fr", occurredAt } = more;
  const begun = await callerOf(author, clinic).note.start({
    id,
    encounterId: newId(),
    patientId,
    appointmentId,
    template: { shipped },
    ...(occurredAt && { occurredAt }),
    tab,
  });
  return { id: begun.id, patientId, tab };
}

/** Writes one text on top of a revision, as a window does at a pause. */
export function saveTestNote(
  clinic: TestClinic,
  author: TestMember,
  draft: Pick<TestDraft, "id" | "tab">,
  revision: number,
  text: string,
) {
  return callerOf(author, clinic).note.save({
    id: draft.id,
    tab: draft.tab,
    revision,
    saveId: newId(),
    ...content(text),
  });
}

/** A note that this member wrote and signed. */
export async function signTestNote(
  clinic: TestClinic,
  author: TestMember,
  more: Parameters<typeof beginTestNote>[2] & { text?: string } = {},
): Promise<TestDraft> {
  const draft = await beginTestNote(clinic, author, more);
  const { revision } = await saveTestNote(clinic, author, draft, 1, more.text ?? "Se sent bien.");
  await callerOf(author, clinic).note.sign({ id: draft.id, revision });
  return draft;
}

/** A trainee whose notes this member answers for. */
export async function makeTrainee(clinic: TestClinic, supervisor: TestMember): Promise<TestMember> {
  const trainee = await makeMember(clinic, "trainee");
  await withStaff(clinic.owner.ctx, async (db) => {
    const where = { clinicId: clinic.id, id: trainee.membershipId };
    const { version } = await db.membership.findFirstOrThrow({ where, select: { version: true } });
    await db.membership.updateMany({ where, data: { supervisorId: supervisor.membershipId, version: version + 1 } });
  });
  return trainee;
}

/** Somebody who gives care here and has charge of the clinic's records. */
export async function makeKeeper(clinic: TestClinic): Promise<TestMember> {
  const keeper = await makeMember(clinic, "professional");
  await withStaff(clinic.owner.ctx, async (db) => {
    const where = { clinicId: clinic.id, id: keeper.membershipId };
    const { version } = await db.membership.findFirstOrThrow({ where, select: { version: true } });
    await db.membership.updateMany({ where, data: { privacyOfficer: true, version: version + 1 } });
  });
  return signIn(keeper.userId, keeper.email, clinic.slug);
}
