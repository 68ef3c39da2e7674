import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { deactivateMember } from "#server/membership/end-membership.ts";
import { todayIn } from "#server/patient/today.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { addToDay } from "#server/task/next-due.ts";
import type { AddTaskInput, FocusKind } from "#server/task/schema.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { adultBirthDate } from "#tests/factories/adult.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestLetter } from "#tests/factories/letter.ts";
import { makeTask, taskInputOf } from "#tests/factories/task.ts";

let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;
const call = (member: TestMember) => callerOf(member, clinic).task;
const today = todayIn("America/Toronto");
const to = ({ userId }: TestMember) => ({ kind: "user" as const, userId });
const assistants = { kind: "role" as const, role: "assistant" as const };

beforeEach(async () => {
  clinic = await makeClinic();
  [doctor, desk] = [await makeMember(clinic, "professional"), await makeMember(clinic, "assistant")];
});
afterAll(closeDatabases);

const read = (id: string, as = doctor) => call(as).read({ id });
const idsOf = async (member: TestMember, list: "mine" | "role" | "all" | "late" | "orphaned" | "closed") =>
  (await call(member).list({ list })).rows.map(({ id }) => id);
/** One statement of each kind that the record holds, and a letter. */
async function oneOfEach(patientId: string) {
  const made = { allergy: newId(), history: newId(), immunization: newId() };
  const as = callerOf(doctor, clinic);
  await as.allergy.add({ id: made.allergy, patientId, substance: "Arachides" });
  await as.history.add({ id: made.history, patientId, kind: "personal", label: "Appendicectomie" });
  await as.immunization.add({ id: made.immunization, patientId, vaccine: "Grippe", occurred: today });
  return { ...made, letter: (await beginTestLetter(clinic, doctor, patientId)).id };
}
const repeating = (more: Partial<AddTaskInput> = {}) => ({
  owner: to(doctor),
  dueOn: today,
  repeat: { every: 2, unit: "week" as const, until: null },
  ...more,
});

describe("OSC-1: ticklers of the one screen", () => {
  it("are what is to do about that patient, whoever is to do it, what is due first", async () => {
    const [{ id: patientId }, { id: other }] = [
      await makePatient(clinic.owner.ctx),
      await makePatient(clinic.owner.ctx),
    ];
    await opens(doctor, patientId);
    const later = await makeTask(doctor, { patientId, owner: assistants, dueOn: addToDay(today, 9, "day") });
    const undated = await makeTask(doctor, { patientId, owner: to(doctor) });
    const late = await makeTask(doctor, { patientId, owner: to(doctor), dueOn: addToDay(today, -1, "day") });
    await makeTask(doctor, { patientId: other, owner: to(doctor) });
    const first = await call(doctor).list({ list: "all", patientId, most: 2 });
    expect(first.rows.map(({ id }) => id)).toEqual([late, later]);
    const second = await call(doctor).list({ list: "all", patientId, most: 2, cursor: first.after });
    expect([second.rows.map(({ id }) => id), second.after]).toEqual([[undated], null]);
    expect(await call(doctor).count()).toEqual({ now: 1, late: 1 });
  });
});

describe("a task", () => {
  it("sent twice is one, and one's own is opened already", async () => {
    const input = taskInputOf({ owner: to(doctor) });
    await call(doctor).add(input);
    await call(doctor).add(input);
    expect(await idsOf(doctor, "all")).toEqual([input.id]);
    expect(await read(input.id)).toMatchObject({ status: "accepted", escalatesAt: null });
  });

  it("is opened by whoever it is for, the first time, and by nobody who passes by", async () => {
    const id = await makeTask(doctor, { owner: assistants });
    await call(doctor).open({ id });
    expect(await read(id)).toMatchObject({ status: "requested", openedBy: null });
    await call(desk).open({ id });
    await call(await makeMember(clinic, "assistant")).open({ id });
    expect(await read(id)).toMatchObject({
      status: "accepted",
      openedBy: desk.ctx.membership.displayName,
      version: 2,
    });
  });

  it("passes from state to state as the database allows, whoever asks", async () => {
    const id = await makeTask(doctor, { owner: to(doctor) });
    const set = (columns: string) =>
      asAdmin(database.adminUrl, (admin) =>
        admin.query(`update clinic.task set ${columns}, version = version + 1 where clinic_id = $1 and id = $2`, [
          clinic.id,
          id,
        ]),
      );
    const refused = expect.objectContaining({ code: "23514" });
    await expect(set("status = 'requested', opened_at = null, opened_by = null")).rejects.toEqual(refused);
    await expect(set("status = 'completed'")).rejects.toEqual(refused);
    await expect(set("author_id = gen_random_uuid()")).rejects.toEqual(refused);
    await call(doctor).complete({ id, version: 1, outcome: "Rejointe" });
    await expect(set("outcome = 'Autre chose'")).rejects.toEqual(refused);
    await expect(set("status = 'cancelled'")).rejects.toEqual(refused);
    expect((await refusal(call(doctor).cancel({ id, version: 2, reason: "Non" }))).key).toBe("stale");
    await call(doctor).reopen({ id, version: 2 });
    await call(doctor).cancel({ id, version: 3, reason: "Plus utile" });
    expect(await read(id)).toMatchObject({ status: "cancelled", outcome: "Plus utile" });
    const before = await call(doctor).versions({ id });
    expect(before.map(({ status }) => status)).toEqual(["accepted", "completed", "accepted"]);
  });

  it("given to somebody else is unopened again, and is refused on top of another's change", async () => {
    const id = await makeTask(doctor, { owner: to(doctor) });
    const { patientId: _, focus: __, ...card } = taskInputOf({ id, owner: to(desk), title: "Rappeler" });
    await call(doctor).change({ ...card, version: 1 });
    expect(await read(id)).toMatchObject({ status: "requested", openedAt: null, title: "Rappeler" });
    const lost = await refusal(call(doctor).change({ ...card, version: 1 }));
    expect(lost).toMatchObject({ key: "stale", details: { current: { title: "Rappeler", version: 2 } } });
  });

  it("several are done at once; what changed meanwhile is left and said", async () => {
    const ids = [await makeTask(doctor), await makeTask(doctor), await makeTask(doctor)];
    await call(desk).open({ id: ids[1] ?? "" });
    const { done, left } = await call(doctor).completeMany({ items: ids.map((id) => ({ id, version: 1 })) });
    expect([done.map(({ id }) => id).sort(), left]).toEqual([[ids[0], ids[2]].sort(), [ids[1]]]);
  });
});

describe("a task that comes back", () => {
  it("leaves the next one once, under a double click and from two tabs", async () => {
    const id = await makeTask(doctor, repeating());
    const press = () => call(doctor).complete({ id, version: 1 });
    const answers = await Promise.all([press(), press(), press()]);
    expect(new Set(answers.map(({ nextDueOn }) => nextDueOn))).toEqual(new Set([addToDay(today, 2, "week")]));
    expect((await refusal(call(clinic.owner).complete({ id, version: 1 }))).key).toBe("stale");
    const { rows } = await call(doctor).list({ list: "mine" });
    expect(rows).toMatchObject([{ dueOn: addToDay(today, 2, "week"), status: "accepted", repeatEvery: 2 }]);
    expect((await refusal(call(doctor).reopen({ id, version: 2 }))).key).toBe("task.nextIsThere");
  });

  it("ends on its last day, and when it is cancelled", async () => {
    const until = addToDay(today, 13, "day");
    const last = await makeTask(doctor, repeating({ repeat: { every: 2, unit: "week", until } }));
    expect(await call(doctor).complete({ id: last, version: 1 })).toMatchObject({ nextDueOn: null });
    const dropped = await makeTask(doctor, repeating());
    await call(doctor).cancel({ id: dropped, version: 1, reason: "Plus utile" });
    expect(await idsOf(doctor, "all")).toEqual([]);
  });

  it("of somebody else asks for nothing before its day", async () => {
    const id = await makeTask(doctor, repeating({ owner: assistants }));
    expect(await call(desk).count()).toEqual({ now: 1, late: 0 });
    await call(desk).complete({ id, version: 1 });
    expect(await call(desk).count()).toEqual({ now: 0, late: 0 });
    expect((await call(desk).list({ list: "role" })).rows).toMatchObject([{ status: "requested" }]);
  });
});

describe("a task's reader", () => {
  it("gives care when it says something of care: the front desk has no row of it, nor of its versions", async () => {
    const { id: patientId } = await makePatient(clinic.owner.ctx);
    const id = await makeTask(doctor, { patientId, owner: to(doctor), clinical: true });
    await call(doctor).complete({ id, version: 1 });
    const plain = await makeTask(doctor, { patientId, owner: assistants });
    await call(doctor).cancel({ id: plain, version: 1, reason: "Fait" });
    expect(await idsOf(desk, "closed")).toEqual([plain]);
    expect((await refusal(read(id, desk))).code).toBe("NotFound");
    const seen = await withStaff(desk.ctx, (db) =>
      db.recordVersion.findMany({ where: { clinicId: clinic.id, entity: "task" } }),
    );
    expect(seen).toEqual([]);
  });

  it("is never somebody who could not read it", async () => {
    const clinical = { clinical: true, owner: to(desk) };
    expect(await refusal(call(doctor).add(taskInputOf(clinical)))).toMatchObject({
      fields: { owner: "task.readsNoChart" },
    });
    const officer = await makeMember(clinic, "privacy_officer");
    expect(await refusal(call(doctor).add(taskInputOf({ owner: to(officer) })))).toMatchObject({
      fields: { owner: "task.cannotReceive" },
    });
    expect((await refusal(call(desk).add(taskInputOf({ clinical: true })))).key).toBe("task.readsNoChart");
  });

  it("is no one whom the patient asked not to be shown it", async () => {
    const { id: patientId } = await makePatient(clinic.owner.ctx);
    const id = await makeTask(doctor, { patientId, owner: to(doctor) });
    await restrictPatient(clinic.owner.ctx, {
      patientId,
      target: { kind: "member", userId: doctor.userId },
      category: "task",
      signedOn: today,
      signerName: "Ginette Bouchard",
      signerContact: "418 555-0101",
      risksExplained: true,
      reason: "",
    });
    expect(await idsOf(doctor, "mine")).toEqual([]);
    expect((await refusal(call(doctor).complete({ id, version: 1 }))).code).toBe("NotFound");
    expect(await idsOf(desk, "all")).toEqual([id]);
  });

  it("is of this clinic", async () => {
    const elsewhere = await makeClinic();
    const id = await makeTask(doctor);
    expect(await callerOf(elsewhere.owner, elsewhere).task.list({ list: "all" })).toMatchObject({ rows: [] });
    expect((await refusal(callerOf(elsewhere.owner, elsewhere).task.read({ id }))).code).toBe("NotFound");
  });

  it("follows its link to what is about the same patient, or to nothing", async () => {
    const [{ id: patientId }, { id: other }] = [
      await makePatient(clinic.owner.ctx, { birthDate: adultBirthDate() }),
      await makePatient(clinic.owner.ctx),
    ];
    await opens(doctor, patientId);
    const condition = newId();
    await callerOf(doctor, clinic).condition.add({
      id: condition,
      patientId,
      label: "Diabète de type 2",
      onset: "2017",
    });
    const focus = { kind: "condition" as const, id: condition };
    const input = taskInputOf({ patientId, owner: to(doctor), focus });
    await call(doctor).add(input);
    // What leads into a chart is of care, whatever the screen said.
    expect(await read(input.id)).toMatchObject({ focusKind: "condition", focusId: condition, clinical: true });
    for (const [kind, made] of Object.entries(await oneOfEach(patientId))) {
      const of = taskInputOf({ patientId, owner: to(doctor), focus: { kind: kind as FocusKind, id: made } });
      await call(doctor).add(of);
      expect(await read(of.id), kind).toMatchObject({ focusKind: kind, focusId: made, clinical: true });
    }
    const astray = taskInputOf({ patientId: other, owner: to(doctor), focus });
    expect((await refusal(call(doctor).add(astray))).key).toBe("task.otherPatient");
  });
});

describe("the tasks of somebody who left", () => {
  it("stand apart until they are given to somebody else, all at once", async () => {
    const gone = await makeMember(clinic, "professional");
    const ids = [await makeTask(doctor, { owner: to(gone) }), await makeTask(doctor, { owner: to(gone) })];
    expect(await idsOf(doctor, "orphaned")).toEqual([]);
    await deactivateMember(clinic.owner.ctx, { id: gone.membershipId, version: 1 });
    expect((await idsOf(doctor, "orphaned")).sort()).toEqual([...ids].sort());
    const items = ids.map((id) => ({ id, version: 1 }));
    expect((await refusal(call(doctor).reassign({ items, owner: to(gone) }))).code).toBe("NotFound");
    const { done } = await call(doctor).reassign({ items, owner: to(desk) });
    expect(done).toHaveLength(2);
    expect(await idsOf(doctor, "orphaned")).toEqual([]);
    expect((await idsOf(desk, "mine")).sort()).toEqual([...ids].sort());
  });
});
