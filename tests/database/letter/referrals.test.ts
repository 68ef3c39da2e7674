import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { todayIn } from "#server/patient/today.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { markReferralsSent } from "#server/referral/mark-referrals-sent.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestReferral, referralContent, signTestLetter, signTestReferral } from "#tests/factories/letter.ts";
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

  it("whoever gives no care sees none", async () => {
    const { requestId } = await signTestReferral(clinic, doctor, await someone());
    const desk = await makeMember(clinic, "assistant");
    expect(await withStaff(desk.ctx, (db) => db.serviceRequest.count({ where: { id: requestId } }))).toBe(0);
  });
});
