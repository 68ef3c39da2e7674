import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { printFax } from "#server/communication/fax/print-fax.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { Answers } from "#server/note/rich-text-schema.ts";
import { variables } from "#server/phrase/variables.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { adultBirthDate } from "#tests/factories/adult.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending } from "#tests/factories/communication.ts";
import { opens } from "#tests/factories/ground.ts";
import { body, letterContent, templateInput } from "#tests/factories/letter.ts";
import { beginTestNote, newTab, signTestNote } from "#tests/factories/note.ts";
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

const piece = (text: string, source: object) => ({ text, source });

/** A note that says this, signed by the doctor. @returns its id */
async function signedNote(patientId: string, runs: readonly object[], sign = true): Promise<string> {
  const draft = await beginTestNote(clinic, doctor, { patientId });
  const answers = { plan: [{ runs }] } as unknown as Answers;
  const { revision } = await call().note.save({
    ...{ id: draft.id, tab: draft.tab, revision: 1, saveId: newId() },
    ...{ title: "", answers, diagnoses: [] },
  });
  if (sign) await call().note.sign({ id: draft.id, revision });
  return draft.id;
}

describe("AC-19: the fields of a letter", () => {
  it("say nothing of what a restriction closes to whoever writes: not that it is empty, nor that nobody asked", async () => {
    const patientId = await anAllergic();
    const [closed, open] = [await restricted(patientId, "allergy"), await restricted(patientId, "medication")];
    const said = async (who: TestMember) => (await call(who).letter.fields({ patientId, language: "fr" })).values;
    expect((await said(open)).allergies).toEqual(["Pénicilline (Urticaire)"]);
    expect((await said(open)).medications).toBeUndefined();
    expect((await said(closed)).allergies).toBeUndefined();
    expect((await said(closed)).medications).toBe("aucun au dossier");
  });
});

describe("AC-19: a note that brought something from elsewhere in the chart", () => {
  it("is hidden with its draft, its versions and its lines from whom a restriction on that names, and from nobody else", async () => {
    const { id: patientId } = await makePatient(doctor.ctx, { language: "fr" });
    const taken = piece("Metformine 500 mg", { kind: "variable", name: "medicaments" });
    const [closed, other] = [await restricted(patientId, "medication"), await restricted(patientId, "allergy")];
    const plain = await signTestNote(clinic, doctor, { patientId, text: "Lombalgie." });
    const id = await signedNote(patientId, [taken], false);
    const count = (who: TestMember) =>
      withStaff(who.ctx, async (db) => ({
        notes: await db.note.count({ where: { id } }),
        drafts: await db.noteDraft.count({ where: { noteId: id, closedAt: null } }),
        versions: await db.recordVersion.count({ where: { entity: "note", entityId: id, version: { gt: 1 } } }),
      }));
    // What is only written is in the draft.
    expect((await count(closed)).drafts).toBe(0);
    expect((await count(other)).drafts).toBe(1);
    expect((await refusal(call(closed).note.open({ id, tab: newTab(), mayWrite: false }))).code).toBe("NotFound");
    const { revision } = await call().note.open({ id, tab: newTab(), take: true });
    await call().note.sign({ id, revision });
    // A version that holds what was signed, and its correction, which holds it again.
    const correction = { id: newId(), tab: newTab() };
    await call().note.amend({ ...correction, noteId: id, relation: "correction", reason: "Erreur de frappe" });
    await call().note.sign({ id: correction.id, revision: 1 });
    expect(await count(other)).toEqual({ notes: 1, drafts: 0, versions: 1 });
    expect(await count(closed)).toEqual({ notes: 0, drafts: 0, versions: 0 });
    expect((await refusal(call(closed).note.read({ id }))).code).toBe("NotFound");
    const listed = async (who: TestMember) => (await call(who).note.list({ patientId })).rows.map((row) => row.id);
    expect((await listed(other)).sort()).toEqual([id, plain.id].sort());
    expect(await listed(closed)).toEqual([plain.id]);
    // Nobody says otherwise, before it is signed nor after.
    const begun = await signedNote(patientId, [taken], false);
    for (const one of [
      withStaff(doctor.ctx, (db) => db.noteDraft.updateMany({ where: { noteId: begun }, data: { categories: "" } })),
      withStaff(doctor.ctx, (db) => db.note.updateMany({ where: { id }, data: { categories: "", version: 4 } })),
    ])
      await expect(one).rejects.toMatchObject({ code: "Invalid" });
  });

  it("so does a note that it was carried into, whoever carried it", async () => {
    const { id: patientId } = await makePatient(doctor.ctx, { language: "fr" });
    const first = await signedNote(patientId, [piece("Pénicilline", { kind: "variable", name: "allergies" })]);
    const next = await signedNote(patientId, [piece("Pénicilline", { kind: "note", id: first, on: "2026-11-30" })]);
    const last = await signedNote(patientId, [
      piece("Pénicilline", { kind: "note", id: next, on: "2026-11-30" }),
      piece("128/76", { kind: "variable", name: "ta" }),
    ]);
    const held = await withStaff(doctor.ctx, (db) =>
      db.note.findMany({ where: { patientId }, select: { id: true, categories: true } }),
    );
    expect(Object.fromEntries(held.map(({ id, categories }) => [id, categories]))).toEqual({
      [first]: "allergy",
      [next]: "allergy",
      [last]: "allergy|observation",
    });
    const closed = await restricted(patientId, "allergy");
    expect((await call(closed).note.list({ patientId })).rows).toEqual([]);
  });
});

describe("AC-19: what a text holds goes on being said of it", () => {
  it("a note whose diagnosis was chosen from the problems is closed to whom these are, while it is written too", async () => {
    const { id: patientId } = await makePatient(doctor.ctx, { language: "fr", birthDate: adultBirthDate() });
    const conditionId = newId();
    await call().condition.add({ id: conditionId, patientId, label: "VIH", onset: "2014" });
    const [closed, other] = [await restricted(patientId, "condition"), await restricted(patientId, "allergy")];
    const draft = await beginTestNote(clinic, doctor, { patientId });
    const save = (revision: number, diagnoses: { text: string; conditionId?: string }[]) =>
      call().note.save({
        ...{ id: draft.id, tab: draft.tab, revision, saveId: newId(), title: "" },
        answers: { plan: [{ runs: ["Suivi."] }] } as unknown as Answers,
        diagnoses,
      });
    const drafts = (who: TestMember) =>
      withStaff(who.ctx, (db) => db.noteDraft.count({ where: { noteId: draft.id, closedAt: null } }));
    await save(1, [{ text: "VIH" }]);
    expect([await drafts(closed), await drafts(other)]).toEqual([1, 1]);
    const { revision } = await save(2, [{ text: "VIH", conditionId }]);
    expect([await drafts(closed), await drafts(other)]).toEqual([0, 1]);
    await call().note.sign({ id: draft.id, revision });
    const [none, one] = [await call(closed).note.list({ patientId }), await call(other).note.list({ patientId })];
    expect([none.rows.length, one.rows.length]).toEqual([0, 1]);
  });

  it("whoever saves and signs it, also when they may not see the private note that a piece came from", async () => {
    const { id: patientId } = await makePatient(doctor.ctx, { language: "fr" });
    const colleague = await makePrescriber(clinic);
    await opens(colleague, patientId);
    const source = await beginTestNote(clinic, doctor, { patientId });
    const taken = piece("Metformine", { kind: "variable", name: "medicaments" });
    const answers = { plan: [{ runs: [taken] }] } as unknown as Answers;
    const first = await call().note.save({
      ...{ id: source.id, tab: source.tab, revision: 1, saveId: newId() },
      ...{ title: "", answers, diagnoses: [] },
    });
    await call().note.setAudience({ id: source.id, version: 1, professions: [], userIds: [doctor.userId] });
    await call().note.sign({ id: source.id, revision: first.revision });
    const carried = piece("Metformine", { kind: "note", id: source.id, on: "2026-11-30" });
    const { id, tab: own } = await beginTestNote(clinic, doctor, { patientId });
    await call().note.save({
      ...{ id, tab: own, revision: 1, saveId: newId() },
      ...{ title: "", answers: { plan: [{ runs: [carried] }] } as unknown as Answers, diagnoses: [] },
    });
    await call().note.hold({ id, tab: own, release: true });
    const begun = await call().letter.start({ id: newId(), patientId });
    const content = letterContent({ body: [{ runs: [carried] }] });
    const sent = await call().letter.save({ id: begun.id, revision: 1, saveId: newId(), content });
    expect((await refusal(call(colleague).note.read({ id: source.id }))).code).toBe("NotFound");
    const tab = newTab();
    const { revision } = await call(colleague).note.open({ id, tab, take: true });
    const more = { plan: [{ runs: [carried, " Et du repos."] }] } as unknown as Answers;
    const next = await call(colleague).note.save({
      ...{ id, tab, revision, saveId: newId() },
      ...{ title: "", answers: more, diagnoses: [] },
    });
    const written = letterContent({ body: [{ runs: [carried, " Et du repos."] }] });
    await call(colleague).letter.save({ id: begun.id, revision: sent.revision, saveId: newId(), content: written });
    await call(colleague).note.sign({ id, revision: next.revision });
    const held = await withStaff(doctor.ctx, async (db) => ({
      note: (await db.note.findFirstOrThrow({ where: { id } })).categories,
      letter: (await db.letterDraft.findFirstOrThrow({ where: { letterId: begun.id } })).categories,
    }));
    expect(held).toEqual({ note: "medication", letter: "medication|note" });
    // What is told past row security is whether an id is of those that hold it, in this clinic alone.
    const elsewhere = await makeMember(await makeClinic(), "professional");
    const told = withStaff(
      elsewhere.ctx,
      (db) =>
        db.$queryRaw`select clinic.sources_with(${clinic.id}::uuid, 'medication', array[${source.id}::uuid]) as id`,
    );
    expect(await told).toEqual([]);
  });
});

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

  it("so does what a note behind it holds, and a note that was carried into it", async () => {
    const { id: patientId } = await makePatient(doctor.ctx, { language: "fr" });
    const note = await signedNote(patientId, [piece("Metformine", { kind: "variable", name: "medicaments" })]);
    const carried = piece("Metformine", { kind: "note", id: note, on: "2026-11-30" });
    const letter = async (more: object) => {
      const { id } = await call().letter.start({ id: newId(), patientId });
      await call().letter.save({ id, revision: 1, saveId: newId(), content: letterContent(more) });
      return withStaff(doctor.ctx, (db) => db.letterDraft.findFirstOrThrow({ where: { letterId: id } }));
    };
    const behind = await letter({ attachments: [{ kind: "note", ids: [note], title: "Note" }] });
    const inside = await letter({ body: [{ runs: [carried] }] });
    expect([behind.categories, inside.categories]).toEqual(["medication|note", "medication|note"]);
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
