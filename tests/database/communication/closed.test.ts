import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { beginExport, fetchExport, listExports } from "#server/chart-export/ask-export.ts";
import { createChartMaker } from "#server/chart-export/make-export.ts";
import { beginExportInput, chartParts } from "#server/chart-export/schema.ts";
import { printFax } from "#server/communication/fax/print-fax.ts";
import { listCommunications } from "#server/communication/list-communications.ts";
import { prepare } from "#server/communication/prepare.ts";
import { listCommunicationsInput, prepareInput } from "#server/communication/schema.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { unfileDocument } from "#server/document/unfile-document.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending, filedLetter, mailLink, recipientOf } from "#tests/factories/communication.ts";
import { opens } from "#tests/factories/ground.ts";
import { jobContext } from "#tests/factories/job-context.ts";
import { signTestReferral } from "#tests/factories/letter.ts";
import { amlodipine, makePrescriber } from "#tests/factories/prescriber.ts";
import { approve } from "#tests/factories/public-page.ts";

let clinic: TestClinic;
let doctor: TestMember;
let desk: TestMember;

beforeAll(async () => {
  clinic = await makeClinic();
  await approve(clinic);
  doctor = await makePrescriber(clinic);
  desk = await makeMember(clinic, "assistant");
});
afterAll(closeDatabases);

const restrict = (member: TestMember, patientId: string, category: string) =>
  restrictPatient(
    clinic.owner.ctx,
    restrictPatientInput.parse({
      patientId,
      target: { kind: "member", userId: member.userId },
      category,
      signedOn: "2026-11-02",
      signerName: "Réjean Côté",
      signerContact: "418 555-0101",
      risksExplained: true,
    }),
  );
const aFax = {
  channel: "fax" as const,
  contact: "418 555-0142",
  recipient: { kind: "other" as const, name: "Dr Thibodeau" },
  purpose: "care" as const,
  ground: "care" as const,
};
const listOf = async (member: TestMember, patientId: string) =>
  (await listCommunications(member.ctx, listCommunicationsInput.parse({ patientId }))).rows;

async function aPrescription(patientId: string) {
  const { prescription } = callerOf(doctor, clinic);
  const id = newId();
  const { version } = await prescription.prepare({ id, patientId, version: 0, items: [amlodipine()] });
  return { id, version: (await prescription.sign({ id, version })).version };
}

async function wholeChart(member: TestMember, patientId: string) {
  const input = beginExportInput.parse({ id: newId(), patientId, language: "fr", parts: [...chartParts] });
  const { id } = await beginExport(member.ctx, input);
  await createChartMaker()(jobContext("make-chart-export", clinic.id, newId()), {
    exportId: id,
    userId: member.userId,
  });
  return id;
}

describe("what was sent is read by no way round", () => {
  it("prints a fax for whoever reads each of its documents, and for nobody else", async () => {
    const { id: patientId } = await makePatient(doctor.ctx);
    const { documentId } = await signTestReferral(clinic, doctor, patientId);
    const { id } = await sendDocuments(doctor.ctx, aSending({ ...aFax, patientId, documentIds: [documentId] }));
    const colleague = await makeMember(clinic, "professional");
    await opens(colleague, patientId);
    expect((await printFax(colleague.ctx, id)).pages).toBeGreaterThan(1);
    await restrict(colleague, patientId, "referral");
    await expect(printFax(colleague.ctx, id)).rejects.toMatchObject({ code: "NotFound" });
    expect((await printFax(doctor.ctx, id)).pages).toBeGreaterThan(1);
  });

  it("prints a whole chart for whoever made it alone: it holds what is private to them", async () => {
    const { patientId } = await filedLetter(doctor);
    const chartExportId = await wholeChart(doctor, patientId);
    const { id } = await sendDocuments(doctor.ctx, aSending({ ...aFax, patientId, documentIds: [], chartExportId }));
    expect((await printFax(doctor.ctx, id)).pages).toBeGreaterThan(1);
    const colleague = await makeMember(clinic, "professional");
    await opens(colleague, patientId);
    await expect(printFax(colleague.ctx, id)).rejects.toMatchObject({ code: "NotFound" });
  });

  it("closes the line and the titles of a request that was sent with requests", async () => {
    const { patientId, documentId: letterId } = await filedLetter(doctor);
    const { documentId } = await signTestReferral(clinic, doctor, patientId);
    const alone = await sendDocuments(
      doctor.ctx,
      aSending({ ...aFax, channel: "mail", contact: "", patientId, documentIds: [documentId] }),
    );
    const both = await sendDocuments(
      doctor.ctx,
      aSending({ ...aFax, channel: "mail", contact: "", patientId, documentIds: [letterId, documentId] }),
    );
    const colleague = await makeMember(clinic, "professional");
    await opens(colleague, patientId);
    await restrict(colleague, patientId, "referral");
    const rows = await listOf(colleague, patientId);
    expect(rows.map(({ id }) => id)).toEqual([both.id]);
    expect(rows[0]?.documents.map(({ id }) => id)).toEqual([letterId]);
    expect(JSON.stringify(rows)).not.toContain("Rétinopathie");
    expect((await listOf(doctor, patientId)).map(({ id }) => id).sort()).toEqual([alone.id, both.id].sort());
  });

  it("closes a whole chart that was made before the patient closed a part of it", async () => {
    const { patientId } = await filedLetter(doctor);
    const colleague = await makeMember(clinic, "professional");
    await opens(colleague, patientId);
    const chartExportId = await wholeChart(colleague, patientId);
    expect((await fetchExport(colleague.ctx, chartExportId)).sizeBytes).toBeGreaterThan(0);
    await restrict(colleague, patientId, "note");
    await expect(fetchExport(colleague.ctx, chartExportId)).rejects.toMatchObject({ key: "chartExport.closed" });
    await expect(prepare(colleague.ctx, prepareInput.parse({ patientId, chartExportId }))).rejects.toMatchObject({
      key: "chartExport.closed",
    });
    // The next one is made without what is closed.
    expect((await fetchExport(colleague.ctx, await wholeChart(colleague, patientId))).sizeBytes).toBeGreaterThan(0);
  });

  /** A file that its author sent by a link, and what became of both once something happened in the chart. */
  async function sentWhole(member: TestMember, patientId: string) {
    await opens(member, patientId);
    const chartExportId = await wholeChart(member, patientId);
    const asked = aSending({ patientId, documentIds: [], chartExportId });
    const { id, code } = await sendDocuments(member.ctx, asked);
    const to = recipientOf(clinic, await mailLink(clinic, member, id));
    expect((await to.communication.openLink({ code: code ?? "" })).documents).toHaveLength(1);
    const expectClosed = async () => {
      expect(await refusal(to.communication.link())).toMatchObject({ code: "NotFound" });
      await expect(fetchExport(member.ctx, chartExportId)).rejects.toMatchObject({ key: "chartExport.closed" });
      await expect(sendDocuments(member.ctx, { ...asked, id: newId() })).rejects.toMatchObject({
        key: "chartExport.closed",
      });
      expect((await listOf(member, patientId))[0]?.transmission?.withdrawn).toBe(true);
      const [latest] = await listExports(member.ctx, { patientId });
      expect(latest).toMatchObject({ id: chartExportId, closed: true });
      // The database refuses by itself, whatever verb would send it.
      await expect(
        withStaff(member.ctx, (db) =>
          db.communicationDocument.createMany({
            data: {
              clinicId: clinic.id,
              id: newId(),
              communicationId: id,
              patientId,
              authorId: member.userId,
              place: 9,
              chartExportId,
              title: "Dossier complet",
            },
          }),
        ),
      ).rejects.toMatchObject({ code: "Invalid" });
      // Made again, it goes.
      const again = await wholeChart(member, patientId);
      expect((await fetchExport(member.ctx, again)).sizeBytes).toBeGreaterThan(0);
    };
    return { expectClosed, to };
  }

  it("takes a whole chart out of use, with its links, when a document that it holds leaves the chart", async () => {
    const { patientId, documentId } = await filedLetter(desk);
    const { expectClosed } = await sentWhole(doctor, patientId);
    await unfileDocument(desk.ctx, { id: documentId, version: 2, reason: "Autre patiente" });
    await expectClosed();
  });

  it("does so when a value that it shows is declared an error, and not for one that came after it", async () => {
    const { patientId } = await filedLetter(desk);
    await opens(doctor, patientId);
    const { observation, recordEntry } = callerOf(doctor, clinic);
    const weigh = async () => {
      const values = [{ id: newId(), code: "weight", value: "78,4" }];
      const { ids } = await observation.record({ patientId, panelId: newId(), at: new Date(), values });
      return ids[0] ?? "";
    };
    const wrong = (id: string) =>
      recordEntry.markInError({ kind: "observation", id, version: 1, reason: "Autre patient sur la balance" });
    const shown = await weigh();
    const { expectClosed, to } = await sentWhole(doctor, patientId);
    await wrong(await weigh());
    expect((await to.communication.link()).spent).toBe(false);
    await wrong(shown);
    await expectClosed();
  });

  it("does so when the patient closes a part of the chart to whoever made it", async () => {
    const { patientId } = await filedLetter(desk);
    const colleague = await makeMember(clinic, "professional");
    const { expectClosed } = await sentWhole(colleague, patientId);
    await restrict(colleague, patientId, "note");
    await expectClosed();
  });

  it("closes the paper of a prescription with medications", async () => {
    const { id: patientId } = await makePatient(doctor.ctx);
    const { id } = await aPrescription(patientId);
    const { documentId } = await callerOf(doctor, clinic).prescription.file({ id });
    const colleague = await makeMember(clinic, "professional");
    await opens(colleague, patientId);
    expect((await callerOf(colleague, clinic).document.read({ id: documentId })).id).toBe(documentId);
    await restrict(colleague, patientId, "medication");
    expect(await refusal(callerOf(colleague, clinic).document.read({ id: documentId }))).toMatchObject({
      code: "NotFound",
    });
  });
});

describe("a document in the wrong chart", () => {
  it("takes its link with it, also where whoever finds it does not see who sent it", async () => {
    const { patientId, documentId } = await filedLetter(desk);
    await opens(doctor, patientId);
    const { id, code } = await sendDocuments(doctor.ctx, aSending({ patientId, documentIds: [documentId] }));
    const token = await mailLink(clinic, doctor, id);
    const to = recipientOf(clinic, token);
    expect((await to.communication.openLink({ code: code ?? "" })).documents).toHaveLength(1);
    await unfileDocument(desk.ctx, { id: documentId, version: 2, reason: "Autre patiente" });
    expect(await refusal(to.communication.link())).toMatchObject({ code: "NotFound" });
    expect(await refusal(to.communication.openLink({ code: code ?? "" }))).toMatchObject({ code: "NotFound" });
  });
});

describe("the paper of a prescription", () => {
  it("stays in its chart, whoever would move it", async () => {
    const { id: patientId } = await makePatient(doctor.ctx);
    const { id } = await aPrescription(patientId);
    const { documentId } = await callerOf(doctor, clinic).prescription.file({ id });
    await expect(
      unfileDocument(doctor.ctx, { id: documentId, version: 1, reason: "Autre patiente" }),
    ).rejects.toMatchObject({ key: "document.signedHere" });
    const other = await makePatient(doctor.ctx);
    await expect(
      withStaff(
        doctor.ctx,
        (db) =>
          db.$executeRaw`update clinic.document set patient_id = ${other.id}::uuid, version = version + 1 where id = ${documentId}::uuid`,
      ),
    ).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("a prescription that was cancelled", () => {
  it("takes its paper with it: it is sent no more, and the link that carries it opens nothing", async () => {
    const { id: patientId } = await makePatient(doctor.ctx);
    const { id, version } = await aPrescription(patientId);
    const { prescription } = callerOf(doctor, clinic);
    const filed = await Promise.all([prescription.file({ id }), prescription.file({ id })]);
    const [{ documentId } = { documentId: "" }] = filed;
    expect(new Set(filed.map((one) => one.documentId)).size).toBe(1);
    const input = { patientId, documentIds: [documentId] };
    const { id: sent, code } = await sendDocuments(doctor.ctx, aSending(input));
    const fax = await sendDocuments(doctor.ctx, aSending({ ...aFax, ...input }));
    const to = recipientOf(clinic, await mailLink(clinic, doctor, sent));
    expect((await to.communication.openLink({ code: code ?? "" })).documents).toHaveLength(1);
    await prescription.cancel({ id, version, reason: "Dose erronée" });
    expect(await refusal(to.communication.link())).toMatchObject({ code: "NotFound" });
    await expect(sendDocuments(doctor.ctx, aSending(input))).rejects.toMatchObject({ key: "communication.notFiled" });
    await expect(printFax(doctor.ctx, fax.id)).rejects.toMatchObject({ code: "NotFound" });
    expect(await refusal(prescription.file({ id }))).toMatchObject({ key: "prescription.notSigned" });
  });
});

describe("a fax", () => {
  it("is no heavier than can be put on pages; a link is", async () => {
    const { patientId, documentId } = await filedLetter(doctor);
    await withStaff(
      doctor.ctx,
      (db) =>
        db.$executeRaw`update clinic.document set size_bytes = 99000000, version = version + 1 where id = ${documentId}::uuid`,
    );
    const input = { patientId, documentIds: [documentId] };
    await expect(sendDocuments(doctor.ctx, aSending({ ...aFax, ...input }))).rejects.toMatchObject({
      key: "communication.tooHeavy",
    });
    expect((await sendDocuments(doctor.ctx, aSending(input))).code).toBeTruthy();
  });
});

describe("two windows at once", () => {
  it("make one whole chart of theirs at a time", async () => {
    const { patientId } = await filedLetter(doctor);
    const colleague = await makeMember(clinic, "professional");
    await opens(colleague, patientId);
    const ask = () =>
      beginExport(
        colleague.ctx,
        beginExportInput.parse({ id: newId(), patientId, language: "fr", parts: [...chartParts] }),
      );
    const asked = await Promise.allSettled([ask(), ask(), ask()]);
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
