import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { printFax } from "#server/communication/fax/print-fax.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { variables } from "#server/phrase/variables.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending } from "#tests/factories/communication.ts";
import { opens } from "#tests/factories/ground.ts";
import { body, letterContent, templateInput } from "#tests/factories/letter.ts";
import { signTestNote } from "#tests/factories/note.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";

let clinic: TestClinic;
let doctor: TestMember;
beforeAll(async () => {
  clinic = await makeClinic();
  doctor = await makePrescriber(clinic);
});
afterAll(closeDatabases);

const call = (who = doctor) => callerOf(who, clinic);
const restricted = async (patientId: string, category: string) => {
  const colleague = await makeMember(clinic, "professional");
  await opens(colleague, patientId);
  await restrictPatient(
    clinic.owner.ctx,
    restrictPatientInput.parse({
      patientId,
      target: { kind: "member", userId: colleague.userId },
      category,
      signedOn: "2026-11-02",
      signerName: "Réjean Côté",
      signerContact: "418 555-0101",
      risksExplained: true,
    }),
  );
  return colleague;
};

async function anAllergic(): Promise<string> {
  const { id: patientId } = await makePatient(doctor.ctx, { language: "fr" });
  await call().allergy.add({
    id: newId(),
    patientId,
    kind: "allergy",
    substance: "Pénicilline",
    reaction: "Urticaire",
    severity: "severe",
    certainty: "confirmed",
    codeSystem: "",
    code: "",
    codeVersion: "",
    onset: "",
    note: "",
  });
  return patientId;
}

/** A letter whose template asks for the allergies, with what is put behind it; signed. */
async function signed(patientId: string, attachments: object[] = []) {
  const text = { subject: "Suivi", body: body("Chère collègue,\n{{Allergies}}") };
  const template = templateInput({ content: { fr: text, en: text, specialty: "", priority: "" } });
  await call().letterTemplate.add(template);
  const id = newId();
  await call().letter.start({ id, patientId, templateId: template.id });
  const { content } = await call().letter.read({ id });
  const { recipient } = letterContent();
  const whole = { ...content, recipient, attachments } as Parameters<
    ReturnType<typeof call>["letter"]["save"]
  >[0]["content"];
  const { revision } = await call().letter.save({ id, revision: 1, saveId: newId(), content: whole });
  return { id, revision, sign: async () => (await call().letter.sign({ id, revision })).documentId };
}

describe("AC-19: a letter that brought something from elsewhere in the chart", () => {
  it("is hidden with its draft, its paper, its words and its versions from whom a restriction on that names", async () => {
    const patientId = await anAllergic();
    const { id, sign } = await signed(patientId);
    const [closed, other] = [await restricted(patientId, "allergy"), await restricted(patientId, "medication")];
    const counts = (who: TestMember) =>
      withStaff(who.ctx, async (db) => ({
        letters: await db.letter.count({ where: { id } }),
        drafts: await db.letterDraft.count({ where: { letterId: id } }),
        documents: await db.document.count({ where: { sourceId: id } }),
        texts: await db.documentText.count({ where: { patientId } }),
        versions: await db.recordVersion.count({ where: { entity: "letter", entityId: id, version: { gt: 1 } } }),
      }));
    const draft = await call().letter.read({ id });
    expect(JSON.stringify(draft.content)).toContain("Pénicilline");
    expect((await counts(other)).drafts).toBe(1);
    expect((await counts(closed)).drafts).toBe(0);
    const documentId = await sign();
    // A version that holds what was signed.
    const next = newId();
    await call().letter.correct({ id: next, letterId: id });
    await call().letter.sign({ id: next, revision: 1 });
    expect(await counts(other)).toEqual({ letters: 1, drafts: 1, documents: 1, texts: 2, versions: 1 });
    expect(await counts(closed)).toMatchObject({ letters: 0, documents: 0, texts: 0, versions: 0 });
    expect(await refusal(call(closed).letter.read({ id }))).toMatchObject({ code: "NotFound" });
    expect(await refusal(call(closed).document.read({ id: documentId }))).toMatchObject({ code: "NotFound" });
    const { rows } = await call(closed).document.list({ text: "penicilline", patientId });
    expect(rows).toEqual([]);
    expect((await call(other).document.list({ text: "penicilline", patientId })).rows).toHaveLength(2);
  });

  it("is neither printed for the fax nor sent by them", async () => {
    const patientId = await anAllergic();
    const documentId = await (await signed(patientId)).sign();
    const fax = { channel: "fax" as const, contact: "418 555-0142" };
    const { id } = await sendDocuments(doctor.ctx, aSending({ ...fax, patientId, documentIds: [documentId] }));
    const closed = await restricted(patientId, "allergy");
    await expect(printFax(closed.ctx, id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(sendDocuments(closed.ctx, aSending({ patientId, documentIds: [documentId] }))).rejects.toMatchObject({
      code: "NotFound",
    });
  });

  it("holds what is put behind it too, and what that holds itself", async () => {
    const patientId = await anAllergic();
    const note = await signTestNote(clinic, doctor, { patientId, text: "Lombalgie." });
    const inner = await (await signed(patientId)).sign();
    const { id } = await call()
      .letter.start({ id: newId(), patientId })
      .then(async (begun) => {
        const attachments = [
          { kind: "note" as const, ids: [note.id], title: "Note" },
          { kind: "document" as const, ids: [inner], title: "Lettre" },
        ];
        const content = letterContent({ attachments });
        const { revision } = await call().letter.save({ id: begun.id, revision: 1, saveId: newId(), content });
        await call().letter.sign({ id: begun.id, revision });
        return begun;
      });
    const held = await withStaff(doctor.ctx, (db) => db.letter.findFirstOrThrow({ where: { id } }));
    expect(held.categories).toBe("allergy|document|note");
    const closed = await restricted(patientId, "allergy");
    expect(await refusal(call(closed).letter.read({ id }))).toMatchObject({ code: "NotFound" });
    // Nobody says otherwise.
    await expect(
      withStaff(doctor.ctx, (db) =>
        db.letter.updateMany({ where: { id }, data: { categories: "", version: held.version + 1 } }),
      ),
    ).rejects.toMatchObject({ code: "Invalid" });
  });

  it("also where a phrase brought it, under its name in either language", async () => {
    for (const { names, category = "" } of variables)
      for (const name of Object.values(names)) {
        const content = { body: [{ runs: [{ text: "…", source: { kind: "variable", name } }] }] };
        const [row] = await withStaff(
          doctor.ctx,
          (db) =>
            db.$queryRaw<{ said: string }[]>`
              select clinic.mixed_categories(${clinic.id}::uuid, ${JSON.stringify(content)}::jsonb) as said`,
        );
        expect({ name, category: row?.said }).toEqual({ name, category });
      }
  });
});
