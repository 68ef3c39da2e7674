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
  place = await makeSchedule(clinic);
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
const callOff = async (id: string) => {
  const { version } = await withStaff(doctor.ctx, (db) =>
    db.appointment.findFirstOrThrow({ where: { clinicId: clinic.id, id } }),
  );
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

  it("or to which nobody came", async () => {
    const patientId = await someone();
    await visit(patientId, doctor, { status: "noshow", flow: "none" }, 2025);
    expect(await opened(patientId)).toBe("care-team");
    expect(await waiting(patientId)).toMatchObject([{ kind: "self-made", madeOf: "visit" }]);
  });

  it("not a visit that another booked, nor beside one that was held, nor where one said why", async () => {
    const [booked, held, said] = [await someone(), await someone(), await someone()];
    const visits = [await visit(booked, desk), await visit(held, doctor), await visit(said, doctor)];
    await visit(held, doctor, { status: "fulfilled", flow: "done" }, 2025);
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
