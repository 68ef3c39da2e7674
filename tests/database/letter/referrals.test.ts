import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { todayIn } from "#server/patient/today.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { conditions } from "#server/referral/list-referrals.ts";
import { markReferralsSent } from "#server/referral/mark-referrals-sent.ts";
import { referralViews } from "#server/referral/schema.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import {
  beginTestReferral,
  letterContent,
  referralContent,
  signTestLetter,
  signTestReferral,
} from "#tests/factories/letter.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";

let clinic: TestClinic;
let doctor: TestMember;
const today = todayIn("America/Toronto");
const call = (who = doctor) => callerOf(who, clinic);
async function someone(...members: TestMember[]) {
  const { id } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14" });
  for (const member of [doctor, ...members]) await opens(member, id);
  return id;
}

beforeAll(async () => {
  clinic = await makeClinic("Clinique Rive-Claire");
  doctor = await makePrescriber(clinic);
});

const find = async (patientId: string, id: string) => {
  const found = (await call().letter.list({ patientId })).rows.find(({ request }) => request?.id === id)?.request;
  if (!found) throw new Error("the request is in no list");
  return found;
};

async function report(patientId: string): Promise<string> {
  const id = await sendFile(doctor, aLetter("Rapport de consultation"));
  await fileDocument(doctor.ctx, { ...card, id, version: 1, patientId });
  return id;
}

describe("OSC-8: a request for a consultation, followed to its report", () => {
  it("goes draft → signed → sent → booked → seen → report received, each with its day, who and how", async () => {
    const patientId = await someone();
    const { requestId: id, version } = await signTestReferral(clinic, doctor, patientId);
    const signed = await find(patientId, id);
    expect(signed).toMatchObject({ status: "signed", specialty: "Ophtalmologie", priority: "c", late: false });
    const in28 = new Date(Date.parse(`${today}T00:00:00Z`) + 28 * 86_400_000).toISOString().slice(0, 10);
    expect(signed.expectedOn).toBe(in28);
    const sent = await call().referral.markSent({ id, version, on: today, how: "fax" });
    // Pressed twice, it is one step.
    expect(await call().referral.markSent({ id, version, on: today, how: "fax" })).toEqual(sent);
    const booked = await call().referral.markBooked({ id, version: sent.version, on: in28, note: "9 h, Dre Lemay" });
    const seen = await call().referral.markSeen({ id, version: booked.version, on: today });
    const documentId = await report(patientId);
    expect(await call().referral.open({ patientId })).toMatchObject([{ id, status: "seen" }]);
    await call().referral.receiveReport({ id, version: seen.version, documentId });
    const done = await find(patientId, id);
    expect(done.reportDocumentId).toBe(documentId);
    // What answered it leaves the chart only once it is said not to.
    expect(await refusal(call().document.unfile({ id: documentId, version: 1, reason: "essai" }))).toMatchObject({
      key: "stale",
    });
    expect(await refusal(call().document.unfile({ id: documentId, version: 2, reason: "essai" }))).toMatchObject({
      key: "document.answers",
    });
    expect(done.steps.map(({ status, on, by, note }) => [status, on, by, note])).toEqual([
      ["draft", today, doctor.ctx.membership.displayName, ""],
      ["signed", today, doctor.ctx.membership.displayName, ""],
      ["sent", today, doctor.ctx.membership.displayName, "fax"],
      ["booked", in28, doctor.ctx.membership.displayName, "9 h, Dre Lemay"],
      ["seen", today, doctor.ctx.membership.displayName, ""],
      ["report-received", today, doctor.ctx.membership.displayName, ""],
    ]);
    expect(await call().referral.open({ patientId })).toEqual([]);
  });

  it("booked later than its answer was expected, the answer is expected anew, and never before the appointment", async () => {
    const patientId = await someone();
    const { requestId: id, version } = await signTestReferral(clinic, doctor, patientId);
    const sent = await call().referral.markSent({ id, version, on: today, how: "fax" });
    const book = { id, version: sent.version, on: "2099-01-05", note: "" };
    expect((await refusal(call().referral.markBooked({ ...book, expectedOn: "2099-01-04" }))).fields).toEqual({
      expectedOn: "referral.expectedBefore",
    });
    const booked = await call().referral.markBooked({ ...book, expectedOn: "2099-01-19" });
    expect(await find(patientId, id)).toMatchObject({ status: "booked", expectedOn: "2099-01-19" });
    // Left out, it stays.
    const back = await call().referral.takeBack({ id, version: booked.version, reason: "Déplacé" });
    await call().referral.markBooked({ ...book, version: back.version });
    expect((await find(patientId, id)).expectedOn).toBe("2099-01-19");
  });

  it("makes no step that does not follow; the database refuses it too, and another’s hand in the steps", async () => {
    const patientId = await someone();
    const { requestId: id } = await beginTestReferral(clinic, doctor, patientId);
    expect(await refusal(call().referral.markSent({ id, version: 1, on: today, how: "fax" }))).toMatchObject({
      key: "referral.step",
    });
    const set = (what: string) =>
      withStaff(doctor.ctx, (db) =>
        db.$executeRawUnsafe(`update clinic.service_request set ${what}, version = version + 1 where id = '${id}'`),
      );
    for (const status of ["sent", "booked", "seen"])
      await expect(set(`status = '${status}', specialty = 'x', priority = 'a', expected_on = now()`)).rejects.toThrow(
        "rejected",
      );
    await expect(set("steps = '[]'")).rejects.toThrow("rejected");
    await expect(set("status = 'cancelled'")).rejects.toThrow("rejected");
  });

  it("keeps what was signed: specialty and priority change by a corrected letter alone", async () => {
    const patientId = await someone();
    const { id: letterId, requestId } = await signTestReferral(clinic, doctor, patientId);
    await expect(
      withStaff(
        doctor.ctx,
        (db) =>
          db.$executeRaw`update clinic.service_request set priority = 'a', version = version + 1 where id = ${requestId}::uuid`,
      ),
    ).rejects.toThrow("rejected");
    const id = newId();
    await call().letter.correct({ id, letterId });
    const { revision } = await call().letter.save({
      id,
      revision: 1,
      saveId: newId(),
      content: referralContent({ priority: "b" }),
    });
    await call().letter.sign({ id, revision });
    expect(await find(patientId, requestId)).toMatchObject({ letterId: id, priority: "b", status: "signed" });
  });

  it("takes a step back with a reason, calls off with a reason, and never comes back from that", async () => {
    const patientId = await someone();
    const { requestId: id, version } = await signTestReferral(clinic, doctor, patientId);
    const sent = await call().referral.markSent({ id, version, on: today, how: "mail" });
    const seen = await call().referral.markSeen({ id, version: sent.version, on: today });
    const back = await call().referral.takeBack({ id, version: seen.version, reason: "Un autre patient" });
    expect((await find(patientId, id)).status).toBe("sent");
    const gone = await call().referral.cancel({ id, version: back.version, reason: "A déménagé" });
    expect(await refusal(call().referral.takeBack({ id, version: gone.version, reason: "non" }))).toMatchObject({
      key: "referral.step",
    });
  });

  it("is answered by a document of its own chart, and not by its own letter", async () => {
    const patientId = await someone();
    const { requestId: id, documentId, version } = await signTestReferral(clinic, doctor, patientId);
    const sent = await call().referral.markSent({ id, version, on: today, how: "desk" });
    for (const other of [documentId, await report(await someone())])
      expect(
        await refusal(call().referral.receiveReport({ id, version: sent.version, documentId: other })),
      ).toMatchObject({ code: "NotFound" });
  });

  it("is listed by state, late ones alone, one’s own alone, a page at a time", async () => {
    const own = await makePrescriber(clinic);
    const patientId = await someone(own);
    const late = await signTestReferral(clinic, own, patientId, referralContent({ expectedOn: "2026-01-05" }));
    const draft = await beginTestReferral(clinic, own, patientId);
    const list = (more: object) => call(own).referral.list({ mine: true, ...more });
    expect((await list({ view: "late" })).rows.map(({ id, late: is }) => [id, is])).toEqual([[late.requestId, true]]);
    expect((await list({ view: "open" })).rows.map(({ id }) => id)).toEqual([draft.requestId, late.requestId]);
    const first = await list({ view: "open", most: 1 });
    expect(first.after).toBe(draft.requestId);
    expect((await list({ view: "open", most: 1, after: first.after })).rows[0]?.id).toBe(late.requestId);
    await call(own).referral.expect({ id: late.requestId, version: 2, on: "2099-01-01" });
    expect((await list({ view: "late" })).rows).toEqual([]);
  });

  it("is marked sent by whoever sends its document, once, in their transaction", async () => {
    const patientId = await someone();
    const { requestId, documentId } = await signTestReferral(clinic, doctor, patientId);
    const { documentId: other } = await signTestLetter(clinic, doctor, patientId);
    const send = () =>
      withStaff(doctor.ctx, (db) =>
        markReferralsSent(db, doctor.ctx, { documentIds: [documentId, other], sentAt: new Date() }),
      );
    await send();
    await send();
    const { status, steps } = await find(patientId, requestId);
    expect([status, steps.length]).toEqual(["sent", 3]);
  });

  it("is hidden, with its letter and its document, from whom the patient asked to restrict requests", async () => {
    const patientId = await someone();
    const { id, requestId, documentId } = await signTestReferral(clinic, doctor, patientId);
    const other = await makePrescriber(clinic);
    const seen = () =>
      withStaff(other.ctx, async (db) => [
        await db.letter.count({ where: { id } }),
        await db.serviceRequest.count({ where: { id: requestId } }),
        await db.document.count({ where: { id: documentId } }),
      ]);
    expect(await seen()).toEqual([1, 1, 1]);
    await restrictPatient(
      doctor.ctx,
      restrictPatientInput.parse({
        patientId,
        target: { kind: "member", userId: other.userId },
        category: "referral",
        signedOn: "2026-09-14",
        signerName: "Jane Doe",
        signerContact: "418 555-0142",
        risksExplained: true,
      }),
    );
    expect(await seen()).toEqual([0, 0, 0]);
  });
});

describe("a report that is filed and answers a request", () => {
  it("is one gesture: filed and answered, or neither", async () => {
    const patientId = await someone();
    const signed = await signTestReferral(clinic, doctor, patientId);
    const { requestId: id } = signed;
    const { version } = await call().referral.markSent({ id, version: signed.version, on: today, how: "fax" });
    const file = await sendFile(doctor, aLetter("Rapport de consultation"));
    const document = { ...card, id: file, version: 1, patientId };
    expect(
      await refusal(call().referral.fileReport({ ...document, answers: { id, version: version - 1 } })),
    ).toMatchObject({ code: "Conflict" });
    expect((await call().document.read({ id: file })).status).toBe("received");
    await call().referral.fileReport({ ...document, answers: { id, version } });
    expect(await call().document.read({ id: file })).toMatchObject({ status: "filed", patientId });
    expect(await find(patientId, id)).toMatchObject({ status: "report-received", reportDocumentId: file });
  });
});

describe("the front desk", () => {
  it("is shown where a request stands when another was first, and not why a step was taken back", async () => {
    const desk = await makeMember(clinic, "assistant");
    const patientId = await someone();
    const { requestId: id, version } = await signTestReferral(clinic, doctor, patientId);
    const sent = await call(desk).referral.markSent({ id, version, on: today, how: "fax" });
    await call().referral.takeBack({ id, version: sent.version, reason: "Biopsie à joindre" });
    const late = await refusal(call(desk).referral.markBooked({ id, version: sent.version, on: today, note: "" }));
    expect(late).toMatchObject({ key: "stale", details: { current: { status: "signed" } } });
    expect(JSON.stringify(late)).not.toContain("Biopsie");
    const told = await refusal(call().referral.markSeen({ id, version: sent.version, on: today }));
    expect(JSON.stringify(told)).toContain("Biopsie");
  });

  it("sees the requests that are under way, to whom and by when, and no word of why; it sends and books them", async () => {
    const desk = await makeMember(clinic, "assistant");
    const { id: correspondentId } = await call(desk).correspondent.add({
      id: newId(),
      kind: "practitioner",
      familyName: "Lemay",
      givenName: "Chantal",
      fax: "418 555-0142",
    } as Parameters<ReturnType<typeof call>["correspondent"]["add"]>[0]);
    const patientId = await someone();
    const recipient = { kind: "correspondent", correspondentId, name: "Dre Chantal Lemay" };
    const content = referralContent({ recipient, priority: "b", subject: "Rétinopathie" });
    const draft = await beginTestReferral(clinic, doctor, patientId, content);
    const { requestId: id, version, documentId } = await signTestReferral(clinic, doctor, patientId, content);
    const rows = async (view: "to-send" | "open" | "late" | "booked") =>
      (await call(desk).referral.desk({ view, most: 100 })).rows.filter((row) => row.patientId === patientId);
    const [row, ...others] = await rows("to-send");
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id, recipient: "Dre Chantal Lemay", specialty: "Ophtalmologie", priority: "b" });
    expect(row).toMatchObject({ status: "signed", late: false, fax: "+14185550142" });
    expect(JSON.stringify(row)).not.toContain("Rétinopathie");
    // Neither the letter, nor its paper, nor the draft of another.
    expect(await refusal(call(desk).letter.read({ id: draft.id }))).toMatchObject({ code: "Forbidden" });
    expect(await refusal(call(desk).document.read({ id: documentId }))).toMatchObject({ code: "NotFound" });
    const seen = await withStaff(desk.ctx, (db) =>
      db.serviceRequest.findMany({ where: { patientId }, select: { id: true } }),
    );
    expect(seen.map((one) => one.id)).toEqual([id]);
    const sent = await call(desk).referral.markSent({ id, version, on: today, how: "fax" });
    const booked = await call(desk).referral.markBooked({ id, version: sent.version, on: "2099-01-05", note: "9 h" });
    expect(await rows("booked")).toMatchObject([{ id, status: "booked", statusOn: "2099-01-05" }]);
    // What comes of it, and what is called off, is for whoever gives care.
    for (const refused of [
      () => call(desk).referral.markSeen({ id, version: booked.version, on: today }),
      () => call(desk).referral.cancel({ id, version: booked.version, reason: "A déménagé" }),
      () => call(desk).referral.list({}),
    ])
      expect(await refusal(refused())).toMatchObject({ code: "Forbidden" });
    await call().referral.cancel({ id, version: booked.version, reason: "A déménagé" });
    expect(await rows("open")).toEqual([]);
  });

  it("sees none of a patient who closed their requests to it", async () => {
    const desk = await makeMember(clinic, "assistant");
    const patientId = await someone();
    await signTestReferral(clinic, doctor, patientId);
    await restrictPatient(
      clinic.owner.ctx,
      restrictPatientInput.parse({
        patientId,
        target: { kind: "member", userId: desk.userId },
        category: "referral",
        signedOn: "2026-11-02",
        signerName: "Réjean Côté",
        signerContact: "418 555-0101",
        risksExplained: true,
      }),
    );
    const { rows } = await call(desk).referral.desk({ view: "open", most: 100 });
    expect(rows.filter((row) => row.patientId === patientId)).toEqual([]);
  });
});

describe("the plan of the worklist", () => {
  it("reads its page in its order from an index, under row security, whatever stands behind it", async () => {
    const plans: Record<string, string> = {};
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("begin");
      await admin.query("set local session_replication_role = replica");
      await admin.query(
        `insert into clinic.service_request (clinic_id, id, patient_id, author_id, letter_id, specialty, priority, expected_on, status, status_on, status_note, report_document_id)
         select $1, gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), 'Cardiologie', 'c', date '2026-01-01' + n % 700,
           (array['sent', 'report-received', 'report-received', 'report-received', 'cancelled', 'signed'])[1 + n % 6], date '2026-01-01', 'x', $1 from generate_series(1, 20000) n`,
        [clinic.id],
      );
      await admin.query("analyze clinic.service_request");
      // What row security leaves is guessed at: the planner reads some more and sorts them, where it may.
      await admin.query("set local enable_bitmapscan = off");
      await admin.query("set local enable_seqscan = off");
      await admin.query("set local role chevet_staff");
      await admin.query("select set_config('app.clinic_id', $1, true), set_config('app.clinical', 'on', true)", [
        clinic.id,
      ]);
      for (const view of referralViews) {
        const after = view === "open" ? "and (s.sorts_on, s.id) > (date '2026-06-01', $1)" : "";
        const { sql: condition, values } = conditions(view, "2026-11-30");
        const written = condition.replaceAll(/\?|\$\d+/g, () => `'${values[0]}'`);
        const { rows } = await admin.query(
          `explain select s.id from clinic.service_request s where s.clinic_id = $1 and ${written} ${after} order by s.sorts_on, s.id limit 51`,
          [clinic.id],
        );
        plans[view] = rows.map((one) => Object.values(one)[0]).join("\n");
      }
      await admin.query("rollback");
    });
    for (const view of ["open", "late", "answered", "cancelled", "booked"] as const) {
      expect(plans[view], view).not.toContain("Sort");
      expect(plans[view], view).toMatch(/Index (Only )?Scan using service_request_(open|order)_idx/);
    }
    // A page behind the first begins where it begins.
    expect(plans.open).toMatch(/Index Cond:.*ROW\(sorts_on, id\)/);
    expect(plans.late).toMatch(/Index Cond:.*sorts_on </);
  });
});

describe("AC-22, AC-28: the clinic's list, of somebody whom one does not follow", () => {
  it("says whom it waits for and until when, as to the front desk, without a word; once one says why, whole", async () => {
    const patientId = await someone();
    const { requestId: id, version } = await signTestReferral(clinic, doctor, patientId);
    const sent = await call().referral.markSent({ id, version, on: today, how: "fax" });
    const booked = await call().referral.markBooked({
      id,
      version: sent.version,
      on: today,
      note: "Suspicion de mélanome",
    });
    const reader = await makePrescriber(clinic);
    const find = async () =>
      (await call(reader).referral.list({ view: "open", most: 100 })).rows.find((row) => row.id === id);
    const kept = await find();
    expect(kept).toMatchObject({
      withheld: true,
      subject: "",
      patientId,
      status: "booked",
      specialty: "Ophtalmologie",
    });
    expect(kept?.steps.map(({ status, note }) => [status, note])).toEqual([
      ["draft", ""],
      ["signed", ""],
      ["sent", ""],
      ["booked", ""],
    ]);
    expect(kept?.steps[3]?.by).toBe(doctor.ctx.membership.displayName);
    const seen = await call().referral.markSeen({ id, version: booked.version, on: today });
    // Come late, one is told where it stands, and no more.
    for (const late of [
      () => call(reader).referral.markSeen({ id, version: booked.version - 1, on: "2026-01-01" }),
      () => call(reader).referral.cancel({ id, version: booked.version, reason: "Déjà vue" }),
      () => call(reader).referral.takeBack({ id, version: booked.version, reason: "Erreur" }),
    ]) {
      const told = await refusal(late());
      expect(told).toMatchObject({ code: "Conflict", details: { current: { status: "seen", version: seen.version } } });
      expect(JSON.stringify(told)).not.toContain("mélanome");
    }
    await opens(reader, patientId);
    expect(await find()).toMatchObject({ withheld: false, subject: "Rétinopathie" });
    expect((await find())?.steps[3]?.note).toBe("Suspicion de mélanome");
    const told = await refusal(call(reader).referral.cancel({ id, version: booked.version, reason: "Déjà vue" }));
    expect(JSON.stringify(told)).toContain("mélanome");
  });

  it("of the letters to one correspondent, without their subject", async () => {
    const patientId = await someone();
    const correspondentId = newId();
    await call().correspondent.add({ id: correspondentId, kind: "practitioner", familyName: "Lemay" });
    const recipient = { kind: "correspondent", correspondentId, name: "Dre Lemay" };
    const { id } = await signTestLetter(clinic, doctor, patientId, letterContent({ recipient }));
    const reader = await makePrescriber(clinic);
    const find = async () => (await call(reader).letter.to({ correspondentId })).rows.find((row) => row.id === id);
    expect(await find()).toMatchObject({ withheld: true, subject: "", patientId });
    await opens(reader, patientId);
    expect(await find()).toMatchObject({ withheld: false, subject: "Suivi du diabète" });
  });
});
