import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { TaskLine } from "#server/task/record.ts";
import type { TaskList } from "#server/task/schema.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { statementsOf } from "#tests/factories/statements.ts";
import { makeTask } from "#tests/factories/task.ts";

const said = { title: "Annoncer la biopsie positive", detail: "Carcinome, marges atteintes.", clinical: true };
const hidden = { title: "", detail: "", outcome: "", focusKind: null, focusId: null, withheld: true };

let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let reader: TestMember;
const call = (who: TestMember) => callerOf(who, clinic);
const someone = async () => (await makePatient(clinic.owner.ctx)).id;
const user = ({ userId }: TestMember) => ({ kind: "user" as const, userId });
const asked = (patientId: string) => ({ code: "Precondition", key: "chart.reasonNeeded", details: { patientId } });
const find = async (who: TestMember, id: string, list: TaskList = "all"): Promise<TaskLine | undefined> => {
  let cursor: string | null = null;
  do {
    const page: { rows: TaskLine[]; after: string | null } = await call(who).task.list({ list, cursor, most: 100 });
    const found = page.rows.find((row) => row.id === id);
    if (found) return found;
    cursor = page.after;
  } while (cursor);
};
/** Of care, about somebody whom `reader` does not follow, from one colleague to another. */
async function between(more: object = {}) {
  const patientId = await someone();
  const id = await makeTask(doctor, { patientId, ...said, owner: user(colleague), dueOn: "2026-11-02", ...more });
  return { id, patientId };
}
const stored = (id: string) =>
  withStaff(doctor.ctx, (db) => db.task.findFirstOrThrow({ where: { clinicId: clinic.id, id } }));

beforeAll(async () => {
  clinic = await makeClinic();
  doctor = await makeMember(clinic, "professional");
  colleague = await makeMember(clinic, "professional");
  reader = await makeMember(clinic, "professional");
});

describe("AC-22, AC-28: a task of care about somebody whom one does not follow", () => {
  it("is in the lists of the clinic with who, when, for whom and how urgent, without its words; once one says why, whole", async () => {
    const { id, patientId } = await between({ priority: "urgent" });
    for (const list of ["all", "late"] as const) {
      const row = await find(reader, id, list);
      expect(row).toMatchObject({ ...hidden, patientId, dueOn: "2026-11-02", priority: "urgent", status: "requested" });
      expect(row).toMatchObject({ clinical: true, owner: `user:${colleague.userId}`, ownerActive: true });
      expect(row?.patientName).toBeTruthy();
      expect(JSON.stringify(row)).not.toContain("biopsie");
    }
    expect(await call(reader).task.read({ id })).toMatchObject(hidden);
    await opens(reader, patientId);
    expect(await find(reader, id)).toMatchObject({ ...said, withheld: false });
    expect(await call(reader).task.read({ id })).toMatchObject({ ...said, withheld: false });
  });

  it("is told apart in the journal: what was withheld is no reading, and its words are a line of their own when they are shown", async () => {
    const own = await makeClinic();
    const [writer, other] = [await makeMember(own, "professional"), await makeMember(own, "professional")];
    const { id: patientId } = await makePatient(own.owner.ctx);
    const id = await makeTask(writer, { patientId, ...said, owner: user(writer) });
    const list = () => callerOf(other, own).task.list({ list: "all", refresh: true });
    await list();
    await list();
    await opens(other, patientId);
    await list();
    await list();
    const lines = await withStaff(own.owner.ctx, (db) =>
      db.auditEvent.findMany({
        where: { clinicId: own.id, event: "task.listed", agentId: other.userId },
        orderBy: { id: "asc" },
      }),
    );
    expect(lines.map(({ entityIds, detail }) => ({ entityIds, detail }))).toEqual([
      { entityIds: [], detail: { withheld: [id] } },
      { entityIds: [id], detail: {} },
    ]);
  });

  it("is neither reworded, done, cancelled nor opened again, and its earlier versions are not read; an empty title is never saved", async () => {
    const { id, patientId } = await between();
    const shown = await call(reader).task.read({ id });
    const words = { id, version: 1, owner: user(colleague), priority: "urgent" as const, dueOn: null, repeat: null };
    const change = (title: string) => call(reader).task.change({ ...words, clinical: true, title, detail: "" });
    await expect(change(shown.title)).rejects.toThrow("required");
    const refused = [
      () => change("Autre chose"),
      () => call(reader).task.change({ ...words, ...said, clinical: false }),
      () => call(reader).task.complete({ id, version: 1, outcome: "" }),
      () => call(reader).task.completeMany({ items: [{ id, version: 1 }], outcome: "" }),
      () => call(reader).task.cancel({ id, version: 1, reason: "Déjà fait" }),
      () => call(reader).task.versions({ id }),
    ];
    for (const attempt of refused) expect(await refusal(attempt())).toMatchObject(asked(patientId));
    await call(colleague).task.complete({ id, version: 1, outcome: "Annoncé" });
    expect(await find(reader, id, "closed")).toMatchObject({ ...hidden, closedBy: expect.any(String) });
    expect(await refusal(call(reader).task.reopen({ id, version: 2 }))).toMatchObject(asked(patientId));
    expect(await stored(id)).toMatchObject({ ...said, outcome: "Annoncé", version: 2 });
    await opens(reader, patientId);
    await call(reader).task.reopen({ id, version: 2 });
    expect(await call(reader).task.versions({ id })).toHaveLength(2);
  });

  it("says nothing either to whoever comes late with a change", async () => {
    const { id } = await between();
    const late = await refusal(call(reader).task.cancel({ id, version: 7, reason: "Déjà fait" }));
    expect(late).toMatchObject({ code: "Conflict", details: { current: hidden } });
    expect(JSON.stringify(late)).not.toContain("biopsie");
  });

  it("what was of care, and is said to be no more, still asks for its earlier versions", async () => {
    const { id, patientId } = await between();
    const card = { id, version: 1, owner: user(colleague), priority: "routine" as const, dueOn: null, repeat: null };
    await call(doctor).task.change({ ...card, title: "Rappeler la personne", detail: "", clinical: false });
    expect(await find(reader, id)).toMatchObject({ title: "Rappeler la personne", withheld: false });
    expect(await refusal(call(reader).task.versions({ id }))).toMatchObject(asked(patientId));
  });

  it("of somebody who left is given to others, several at once, without a ground and without a word shown", async () => {
    const leaver = await makeMember(clinic, "professional");
    const tasks = [await between({ owner: user(leaver) }), await between({ owner: user(leaver) })];
    await asAdmin(database.adminUrl, (admin) =>
      admin.query(
        "update identity.membership set status = 'inactive', ended_at = now() where clinic_id = $1 and user_id = $2",
        [clinic.id, leaver.userId],
      ),
    );
    for (const { id } of tasks)
      expect(await find(reader, id, "orphaned")).toMatchObject({ ...hidden, ownerActive: false });
    const items = tasks.map(({ id }) => ({ id, version: 1 }));
    const given = await call(reader).task.reassign({ items, owner: user(colleague) });
    expect(given.done).toHaveLength(2);
    for (const { id } of tasks) {
      expect(await find(reader, id)).toMatchObject({ ...hidden, owner: `user:${colleague.userId}` });
      expect(await stored(id)).toMatchObject(said);
    }
  });
});

describe("AC-22, AC-28: what is one's own charge is whole", () => {
  it("what one wrote, what is asked of oneself, of one's role or profession, and what one was told of because nobody opened it", async () => {
    const patientId = await someone();
    const nurse = await makeMember(clinic, "professional");
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update identity.membership set profession = 'nurse' where clinic_id = $1 and user_id = $2", [
        clinic.id,
        nurse.userId,
      ]),
    );
    const profession = { kind: "profession" as const, profession: "nurse" as const };
    const asks = await makeTask(doctor, { patientId: await someone(), ...said, owner: profession });
    expect(await find(nurse, asks)).toMatchObject({ ...said, withheld: false });
    expect(await find(reader, asks)).toMatchObject(hidden);
    const wrote = await makeTask(reader, { patientId, ...said, owner: user(colleague) });
    expect(await find(reader, wrote)).toMatchObject({ ...said, withheld: false });
    const mine = await makeTask(doctor, { patientId: await someone(), ...said, owner: user(reader) });
    expect(await find(reader, mine)).toMatchObject({ ...said, withheld: false });
    const role = { kind: "role" as const, role: "professional" as const };
    const ours = await makeTask(doctor, { patientId: await someone(), ...said, owner: role });
    expect(await find(reader, ours)).toMatchObject({ ...said, withheld: false });
    const { id: told } = await between({ escalatesTo: user(reader), escalateAfterDays: 1 });
    expect(await find(reader, told)).toMatchObject(hidden);
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update clinic.task set escalated_at = now(), version = 2 where id = $1", [told]),
    );
    expect(await find(reader, told)).toMatchObject({ ...said, withheld: false });
  });

  it("what was asked of one's role is so while it is open; closed by a colleague, it is theirs", async () => {
    const role = { kind: "role" as const, role: "professional" as const };
    const id = await makeTask(doctor, { patientId: await someone(), ...said, owner: role });
    await call(colleague).task.complete({ id, version: 1, outcome: "Annoncé" });
    expect(await find(reader, id, "closed")).toMatchObject(hidden);
    expect(await find(colleague, id, "closed")).toMatchObject({ ...said, outcome: "Annoncé", withheld: false });
  });

  it("what says nothing of care, or is about nobody, is read as before; the front desk sees what it saw", async () => {
    const desk = await makeMember(clinic, "assistant");
    const plain = { title: "Confirmer l’adresse", clinical: false };
    const id = await makeTask(doctor, { patientId: await someone(), ...plain, owner: user(colleague) });
    const nobody = await makeTask(doctor, { ...said, owner: user(colleague) });
    for (const who of [reader, desk]) expect(await find(who, id)).toMatchObject({ ...plain, withheld: false });
    expect(await find(reader, nobody)).toMatchObject({ ...said, withheld: false });
    const { id: care } = await between();
    expect(await find(desk, care)).toBeUndefined();
  });
});

it("VA-1: a page costs the same statements however much of it is withheld, and goes on where it ended", async () => {
  const own = await makeClinic();
  const [writer, other] = [await makeMember(own, "professional"), await makeMember(own, "professional")];
  const make = async () => {
    const { id: patientId } = await makePatient(own.owner.ctx);
    return makeTask(writer, { patientId, ...said, owner: user(writer) });
  };
  const ids = [await make()];
  const list = (cursor: string | null = null) => callerOf(other, own).task.list({ list: "all", most: 4, cursor });
  const few = await statementsOf(() => list());
  for (let index = 0; index < 9; index += 1) ids.push(await make());
  expect(await statementsOf(() => list())).toBe(few);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: TaskLine[]; after: string | null } = await list(cursor);
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.after;
  } while (cursor);
  expect(seen).toEqual(ids.toSorted());
});
