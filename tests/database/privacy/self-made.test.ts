import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { signTestNote } from "#tests/factories/note.ts";
import { makeSchedule, sit, type TestSchedule } from "#tests/factories/schedule.ts";
import { statementsOf } from "#tests/factories/statements.ts";
import { makeTask } from "#tests/factories/task.ts";

let clinic: TestClinic;
let place: TestSchedule;
let officer: TestMember;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;
const call = (who: TestMember) => callerOf(who, clinic);
const someone = async () => (await makePatient(clinic.owner.ctx)).id;
const user = ({ userId }: TestMember) => ({ kind: "user" as const, userId });
const ends = (patientId: string) =>
  asAdmin(database.adminUrl, (admin) =>
    admin.query(
      "update clinic.chart_opening set created_at = now() - interval '13 hours', expires_at = now() - interval '1 hour' where patient_id = $1",
      [patientId],
    ),
  );

beforeAll(async () => {
  clinic = await makeClinic();
  place = await makeSchedule(clinic, { practitioners: 2 });
  officer = await makeMember(clinic, "privacy_officer");
  doctor = await makeMember(clinic, "professional");
  colleague = await makeMember(clinic, "professional");
  desk = await makeMember(clinic, "assistant");
  const id = place.practitioners[0];
  await asAdmin(database.adminUrl, (admin) =>
    admin.query("update clinic.practitioner set membership_id = $2, version = version + 1 where id = $1", [
      id,
      doctor.membershipId,
    ]),
  );
});

let taken = 0;
/** A visit with the doctor next year, booked by somebody. */
async function visit(patientId: string, by: TestMember, state: object = {}, year = 2027): Promise<string> {
  const id = newId();
  await withStaff(by.ctx, async (db) => {
    taken += 1;
    const sittingId = await sit(db, place, {
      at: `${year}-03-01 ${8 + Math.floor(taken / 60)}:${taken % 60}`,
      minutes: 1,
    });
    await db.appointment.createMany({
      data: { clinicId: clinic.id, id, sittingId, patientId, source: "staff", authorId: by.userId, ...state },
    });
  });
  return id;
}
const stored = (id: string) =>
  withStaff(doctor.ctx, (db) => db.appointment.findFirstOrThrow({ where: { clinicId: clinic.id, id } }));
const callOff = async (id: string) => {
  const { version } = await stored(id);
  await call(doctor).appointment.cancel({ id, version, by: "clinic", reason: "" });
};
const waiting = async (patientId: string) =>
  (await call(officer).privacy.toReview({ most: 100 })).rows.filter((row) => row.patientId === patientId);
const opened = async (patientId: string, who = doctor) => (await call(who).chart.open({ patientId })).basis;

describe("AC-21, AC-22, VA-4: a chart opened on a ground that one made oneself is shown to whoever answers for privacy", () => {
  it("a visit booked with oneself, once it is called off; not while it stands, and not one that was held", async () => {
    const patientId = await someone();
    const id = await visit(patientId, doctor);
    expect(await opened(patientId)).toBe("care-team");
    await call(doctor).summary.read({ patientId });
    expect(await waiting(patientId)).toEqual([]);
    await callOff(id);
    expect(await waiting(patientId)).toMatchObject([
      { kind: "self-made", madeOf: "visit", userId: doctor.userId, words: "", review: null, own: false },
    ]);
    expect((await waiting(patientId))[0]?.read).toContain("summary");
    // To open it again says why, from now on.
    expect(await opened(patientId)).toBeNull();
  });

  it("or that one said had come or was done, or left as it was, a day after its hour; not once another said so", async () => {
    const states = [{}, { status: "arrived", flow: "arrived" }, { status: "checked-in", flow: "roomed" }];
    const advance = (id: string, who: TestMember, data: object) =>
      withStaff(who.ctx, (db) =>
        db.appointment.updateMany({ where: { clinicId: clinic.id, id }, data: { ...data, version: { increment: 1 } } }),
      );
    const done = { status: "fulfilled", flow: "done" };
    for (const state of states) {
      const patientId = await someone();
      const id = await visit(patientId, doctor, state, 2025);
      expect(await opened(patientId)).toBe("care-team");
      expect(await waiting(patientId)).toMatchObject([{ kind: "self-made", madeOf: "visit" }]);
      await advance(id, doctor, done);
      expect(await waiting(patientId)).toHaveLength(1);
      await advance(id, doctor, { status: "checked-in", flow: "roomed" });
      await advance(id, desk, done);
      expect(await waiting(patientId)).toEqual([]);
    }
    // Advanced as far as done before the chart was ever opened.
    const [alone, received] = [await someone(), await someone()];
    for (const [patientId, who] of [
      [alone, doctor],
      [received, desk],
    ] as const) {
      const id = await visit(patientId, doctor, {}, 2025);
      await advance(id, who, { status: "arrived", flow: "arrived" });
      await advance(id, doctor, done);
      expect(await opened(patientId)).toBe("care-team");
    }
    expect(await waiting(alone)).toMatchObject([{ kind: "self-made", madeOf: "visit" }]);
    expect(await waiting(received)).toEqual([]);
  });

  it("whoever works alone signs a note of it, and it is told no more; said to be an error, it is again", async () => {
    const patientId = await someone();
    await visit(patientId, doctor, { status: "fulfilled", flow: "done" }, 2025);
    expect(await opened(patientId)).toBe("care-team");
    expect(await waiting(patientId)).toHaveLength(1);
    const note = await signTestNote(clinic, doctor, { patientId });
    expect(await waiting(patientId)).toEqual([]);
    await call(doctor).note.markInError({ id: note.id, version: 2, reason: "Mauvais dossier" });
    expect(await waiting(patientId)).toHaveLength(1);
  });

  it("or that one moved into one's own column, or took back from its cancellation; not where another did", async () => {
    const [moved, restored, given] = [await someone(), await someone(), await someone()];
    const other = place.practitioners[1] ?? "";
    const move = async (id: string, by: TestMember, resourceId: string) => {
      const { sittingId } = await stored(id);
      await withStaff(
        by.ctx,
        (db) =>
          db.$executeRaw`update clinic.sitting set resource_id = ${resourceId}::uuid, version = version + 1 where clinic_id = ${clinic.id}::uuid and id = ${sittingId}::uuid`,
      );
      await withStaff(
        by.ctx,
        (db) =>
          db.$executeRaw`update clinic.occupancy set resource_id = ${resourceId}::uuid where clinic_id = ${clinic.id}::uuid and sitting_id = ${sittingId}::uuid`,
      );
    };
    const id = await visit(moved, desk);
    await move(id, desk, other);
    expect(await opened(moved)).toBeNull();
    await move(id, doctor, place.practitioners[0]);
    expect(await opened(moved)).toBe("care-team");
    expect(await waiting(moved)).toEqual([]);
    // Given back, it is told.
    await move(id, doctor, other);
    expect(await waiting(moved)).toMatchObject([{ kind: "self-made", madeOf: "visit" }]);

    const taken = await visit(restored, desk);
    await callOff(taken);
    await call(doctor).appointment.restore({ id: taken, version: 2 });
    expect(await opened(restored)).toBe("care-team");
    await callOff(taken);
    expect(await waiting(restored)).toMatchObject([{ kind: "self-made", madeOf: "visit" }]);

    const theirs = await visit(given, doctor);
    await move(theirs, desk, other);
    await move(theirs, desk, place.practitioners[0]);
    expect(await opened(given)).toBe("care-team");
    await callOff(theirs);
    expect(await waiting(given)).toEqual([]);
  });

  it("read without ever opening the chart itself, and read again on another day", async () => {
    const patientId = await someone();
    const id = await visit(patientId, doctor);
    await call(doctor).note.list({ patientId });
    await call(doctor).summary.read({ patientId });
    await callOff(id);
    expect((await waiting(patientId)).map(({ read }) => read)).toEqual([["summary", "note"]]);

    const later = await someone();
    const second = await visit(later, doctor);
    expect(await opened(later)).toBe("care-team");
    await call(doctor).summary.read({ patientId: later });
    const marks = () =>
      withStaff(doctor.ctx, (db) => db.selfMadeGround.count({ where: { clinicId: clinic.id, patientId: later } }));
    expect(await marks()).toBe(1);
    const passes = (hours: number) =>
      asAdmin(database.adminUrl, async (admin) => {
        await admin.query("set session_replication_role = replica");
        for (const [table, column] of [
          ["self_made_ground", "created_at"],
          ["audit_event", "recorded_at"],
        ])
          await admin.query(
            `update clinic.${table} set ${column} = ${column} - make_interval(hours => $2) where patient_id = $1`,
            [later, hours],
          );
      });
    // An opening that the first mark covers hides nothing of what is read once the mark has passed.
    await passes(11);
    await opened(later);
    expect(await marks()).toBe(1);
    await passes(2);
    await call(doctor).summary.read({ patientId: later });
    expect(await marks()).toBe(2);
    await passes(48);
    await call(doctor).document.list({ patientId: later });
    await call(doctor).summary.read({ patientId: later });
    expect(await marks()).toBe(3);
    await callOff(second);
    expect(await waiting(later)).toHaveLength(3);
  });

  it("nor does a note clear it once it is said to be an error", async () => {
    const patientId = await someone();
    const id = await visit(patientId, doctor);
    const note = await signTestNote(clinic, doctor, { patientId });
    await call(doctor).note.markInError({ id: note.id, version: 2, reason: "Mauvais dossier" });
    await ends(patientId);
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("delete from clinic.self_made_ground where patient_id = $1", [patientId]),
    );
    expect(await opened(patientId)).toBe("care-team");
    await callOff(id);
    expect(await waiting(patientId)).toMatchObject([{ kind: "self-made", madeOf: "visit" }]);
  });

  it("or to which nobody came", async () => {
    const patientId = await someone();
    await visit(patientId, doctor, { status: "noshow", flow: "none" }, 2025);
    expect(await opened(patientId)).toBe("care-team");
    expect(await waiting(patientId)).toMatchObject([{ kind: "self-made", madeOf: "visit" }]);
  });

  it("not a visit that another booked, nor beside one that was held, nor where one said why", async () => {
    const [booked, held, said] = [await someone(), await someone(), await someone()];
    const visits = [await visit(booked, desk), await visit(held, doctor), await visit(said, doctor)];
    const before = await visit(held, doctor, {}, 2025);
    await withStaff(desk.ctx, (db) =>
      db.appointment.updateMany({
        where: { clinicId: clinic.id, id: before },
        data: { status: "fulfilled", flow: "done", version: 2 },
      }),
    );
    await opens(doctor, said);
    for (const patientId of [booked, held, said]) expect(await opened(patientId)).toBe("care-team");
    for (const id of visits) await callOff(id);
    for (const patientId of [booked, held, said]) expect(await waiting(patientId)).toEqual([]);
  });

  it("a document filed to oneself; not one that another filed or sent", async () => {
    const [mine, given, sent] = [await someone(), await someone(), await someone()];
    const file = async (by: TestMember, patientId: string, reviewer: TestMember) => {
      const id = await sendFile(by, aLetter("Résultat"));
      await fileDocument(by.ctx, { ...card, id, version: 1, patientId, reviewerId: reviewer.userId });
      return id;
    };
    await file(doctor, mine, doctor);
    await file(desk, given, doctor);
    const id = await file(doctor, sent, colleague);
    await call(colleague).document.address({
      ...{ id, version: 2, noteId: newId(), reviewerId: doctor.userId },
      ...{ urgent: false, comment: "Votre avis?" },
    });
    for (const patientId of [mine, given, sent]) expect(await opened(patientId)).toBe("assigned");
    expect(await waiting(mine)).toMatchObject([{ kind: "self-made", madeOf: "document", userId: doctor.userId }]);
    for (const patientId of [given, sent]) expect(await waiting(patientId)).toEqual([]);
  });

  it("a task that one took once the reason for it had ended; not one that was given", async () => {
    const [taken, given] = [await someone(), await someone()];
    const id = await makeTask(colleague, { patientId: taken, clinical: true, owner: user(colleague) });
    await makeTask(colleague, { patientId: given, clinical: true, owner: user(doctor) });
    await opens(doctor, taken);
    await call(doctor).task.reassign({ items: [{ id, version: 1 }], owner: user(doctor) });
    await ends(taken);
    for (const patientId of [taken, given]) expect(await opened(patientId)).toBe("assigned");
    expect(await waiting(taken)).toMatchObject([{ kind: "self-made", madeOf: "task" }]);
    expect(await waiting(given)).toEqual([]);
  });

  it("is counted, looked at by somebody else, and leaves the queue; opened again for the same, it is one", async () => {
    const patientId = await someone();
    const visited = await visit(patientId, doctor);
    for (let times = 0; times < 2; times += 1) await opened(patientId);
    await callOff(visited);
    const before = (await call(officer).privacy.countToReview()).waiting;
    const [row, ...more] = await waiting(patientId);
    expect(more).toEqual([]);
    const look = { id: newId(), kind: "self-made" as const, openingId: row?.id ?? "", flagged: true };
    await call(officer).privacy.review({ ...look, comment: "À voir avec elle" });
    expect((await call(officer).privacy.countToReview()).waiting).toBe(before - 1);
    expect(await waiting(patientId)).toEqual([]);
    const { rows } = await call(officer).privacy.toReview({ show: "flagged" });
    expect(rows.find(({ id }) => id === row?.id)?.review).toMatchObject({ flagged: true, comment: "À voir avec elle" });
    const nobody = call(officer).privacy.review({ ...look, id: newId(), openingId: newId(), comment: "Rien" });
    expect(await refusal(nobody)).toMatchObject({ code: "NotFound" });
  });

  it("is read a page at a time, in the same statements however many there are", async () => {
    const list = (before?: string) => call(officer).privacy.toReview({ most: 2, before });
    const few = await statementsOf(() => list());
    for (let index = 0; index < 4; index += 1) {
      const patientId = await someone();
      await visit(patientId, doctor, { status: "noshow", flow: "none" }, 2025);
      await opened(patientId);
    }
    expect(await statementsOf(() => list())).toBe(few);
    const seen: string[] = [];
    for (let page = await list(); ; page = await list(page.next ?? undefined)) {
      seen.push(...page.rows.map(({ id }) => id));
      if (!page.next) break;
    }
    expect(seen).toEqual(seen.toSorted().reverse());
    expect(new Set(seen).size).toBe((await call(officer).privacy.countToReview()).waiting);
  });
});
