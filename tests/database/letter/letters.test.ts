import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { smallPdf } from "#prisma/seed/small-pdf.ts";
import { printFax } from "#server/communication/fax/print-fax.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { openContent } from "#server/document/open-content.ts";
import { extractText } from "#server/document/reading/extract-text.ts";
import { withPressure } from "#server/letter/say-value.ts";
import { getFile } from "#server/storage/get-file.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending, mailLink, recipientOf } from "#tests/factories/communication.ts";
import { card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestLetter, body, letterContent, signTestLetter, templateInput } from "#tests/factories/letter.ts";
import { beginTestNote, signTestNote } from "#tests/factories/note.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";
import { approve } from "#tests/factories/public-page.ts";
import { aPdfBomb, aRawPage } from "#tests/factories/raw-pdf.ts";
import { daysAgo, measure } from "#tests/factories/record.ts";

let clinic: TestClinic;
let doctor: TestMember;
const call = (who = doctor) => callerOf(who, clinic);
async function someone() {
  const { id } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14", language: "fr" });
  await opens(doctor, id);
  return id;
}

beforeAll(async () => {
  clinic = await makeClinic("Clinique Rive-Claire");
  doctor = await makePrescriber(clinic, { permitNumber: "00412" });
});

/** The words of a stored PDF, page by page. */
async function read(documentId: string): Promise<string[]> {
  const { id, objectKey } = await openContent(doctor.ctx, documentId, "viewed");
  const bytes = await buffer(await getFile(doctor.ctx, { id, objectKey }));
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let at = 1; at <= pdf.numPages; at += 1) {
    const { items } = await (await pdf.getPage(at)).getTextContent();
    pages.push(
      items
        .map((item) => ("str" in item ? item.str : ""))
        .join(" ")
        .replaceAll(/\s+/g, " "),
    );
  }
  return pages;
}

describe("DM-3: letters from templates with merge fields", () => {
  it("begins from the template of that day, in the patient’s language, filled from the chart; a template changed later alters nothing", async () => {
    const patientId = await someone();
    await call().condition.add({ id: newId(), patientId, label: "HTA essentielle", onset: "2014" });
    await call().condition.add({ id: newId(), patientId, label: "Diabète de type 2", onset: "2017" });
    const template = templateInput();
    await call().letterTemplate.add(template);
    const id = newId();
    await call().letter.start({ id, patientId, templateId: template.id });
    const english = newId();
    await call().letter.start({ id: english, patientId, templateId: template.id, language: "en" });
    await call().letterTemplate.change({
      id: template.id,
      version: 1,
      title: "Autre",
      content: { ...template.content, fr: { subject: "Autre", body: body("Autre texte") } },
    });
    const letter = await call().letter.read({ id });
    expect(letter.template).toEqual({ title: "Lettre à un confrère", number: 1 });
    const lines = letter.content.body.map(({ list, runs }) => [
      list,
      runs.map((run) => (typeof run === "string" ? run : run.text)).join(""),
    ]);
    expect(lines).toEqual([
      [undefined, "Docteur {{Nom du destinataire}},"],
      ["bullet", "HTA essentielle (2014)"],
      ["bullet", "Diabète de type 2 (2017)"],
      [undefined, "Né le 1958-03-14, NAM {{NAM}}."],
    ]);
    expect((await call().letter.read({ id: english })).content.body[0]?.runs.at(1)).toMatchObject({
      text: "1958-03-14",
    });
    expect((await call().letterTemplate.list()).find((one) => one.id === template.id)?.number).toBe(2);
  });

  it("an empty list is said to be, in the letter's language; allergies that nobody asked about are not said to be none", async () => {
    const patientId = await someone();
    const said = async (language: "fr" | "en") => (await call().letter.fields({ patientId, language })).values;
    const none = "aucun au dossier";
    expect(await said("fr")).toMatchObject({ problems: none, medications: none, history: none, vitals: none });
    expect(await said("fr")).toMatchObject({ allergies: "non demandé" });
    expect(await said("en")).toMatchObject({ problems: "none on file", allergies: "not asked" });
    await call().allergy.stateNone({ id: newId(), patientId });
    expect((await said("fr")).allergies).toEqual(["Aucune allergie connue"]);
  });

  it("is not signed while a field stands open, without a recipient, or empty; each fault is said beside its field", async () => {
    const patientId = await someone();
    const { id, revision } = await beginTestLetter(
      clinic,
      doctor,
      patientId,
      letterContent({ recipient: null, body: body("{{Résultats choisis}} {{Fantaisie}}") }),
    );
    expect(await refusal(call().letter.sign({ id, revision }))).toMatchObject({
      key: "letter.unfinished",
      fields: { recipient: "letter.recipientNeeded", body: "letter.unfilled" },
    });
    expect(await refusal(call().letter.preview({ id, revision }))).toMatchObject({ key: "letter.unfinished" });
  });

  it("signs: the PDF becomes a document of the chart with the whole NAM, the letter’s author and what is attached; nothing of it can change", async () => {
    const patientId = await someone();
    const nam = "BOUG 5853 1417";
    const onCard = { value: nam, expiry: "2031-05", status: "valid" as const, overrideReason: "Carte vue" };
    await call().patient.update({ id: patientId, version: 1, changes: { nam: onCard } });
    const scan = await sendFile(doctor, smallPdf([{ lines: ["Échographie un"] }, { lines: ["Échographie deux"] }]));
    await fileDocument(doctor.ctx, { ...card, id: scan, version: 1, patientId });
    const earlier = await signTestNote(clinic, doctor, { patientId, text: "Genou stable." });
    const note = await beginTestNote(clinic, doctor, { patientId });
    const source = { kind: "note" as const, id: earlier.id, on: "2026-10-05" };
    const runs = ["Se sent bien depuis mardi. ", { text: "Genou stable.", source }];
    const { revision } = await call().note.save({
      ...{ id: note.id, tab: note.tab, revision: 1, saveId: newId(), title: "", diagnoses: [] },
      answers: { subjective: [{ runs }] },
    });
    await call().note.sign({ id: note.id, revision });
    const value = newId();
    await call().observation.record({
      panelId: newId(),
      patientId,
      at: new Date(),
      values: [{ id: value, code: "hba1c", value: "7,9", unit: "%" }],
    });
    const content = letterContent({
      subject: "Suivi du {{Date du jour}}",
      body: [...body("NAM : {{NAM}}"), { runs: [{ text: "souligné", italic: true, bold: true }] }],
      copies: [{ kind: "free", name: "Dr Omer Fortin" }],
      attachments: [
        { kind: "document", ids: [scan], title: "Échographie abdominale" },
        { kind: "note", ids: [note.id], title: "Note SOAP" },
        { kind: "results", ids: [value], title: "Résultats" },
      ],
    });
    const { id, documentId } = await signTestLetter(clinic, doctor, patientId, content);
    const pages = await read(documentId);
    expect(pages).toHaveLength(5);
    expect(pages[0]).toContain(nam);
    for (const words of [
      "Clinique Rive-Claire",
      "Dre Chantal Lemay",
      "Dre Maude Lavallée",
      "Permis nº 00412",
      "Pièces jointes (3)",
      "1. Échographie abdominale, 2 pages",
      "c. c. Dr Omer Fortin",
      "Page 1 de 5",
    ])
      expect(pages[0]).toContain(words);
    expect(pages[0]).not.toContain("{{");
    expect(pages[1]).toContain("Échographie un");
    expect(pages[2]).toContain("Pièce 1 : Échographie abdominale · 2/2 · Page 3 de 5");
    expect(pages[3]).toContain("Se sent bien depuis mardi.");
    expect(pages[3]).toMatch(/\[repris de la note du 2026-10-05 : ?Genou stable\. ?\]/);
    expect(pages[4]).toContain("7,9");
    // The whole file is counted, each page once.
    pages.forEach((page, at) => {
      expect(page.match(/Page \d+ de \d+/g), page).toEqual([`Page ${at + 1} de 5`]);
    });
    const [listed] = (await call().document.list({ patientId, types: ["correspondence"] })).rows;
    expect(listed).toMatchObject({ id: documentId, sourceAuthor: "Dre Maude Lavallée", status: "filed" });
    expect(JSON.stringify((await call().letter.read({ id })).content)).not.toContain(nam);

    expect(await refusal(call().document.unfile({ id: documentId, version: 1, reason: "essai" }))).toMatchObject({
      key: "document.signedHere",
    });
    await expect(
      withStaff(
        doctor.ctx,
        (db) =>
          db.$executeRaw`update clinic.document set title = 'x', version = version + 1 where id = ${documentId}::uuid`,
      ),
    ).rejects.toThrow();
    await expect(
      withStaff(
        doctor.ctx,
        (db) => db.$executeRaw`update clinic.letter set content = '{}', version = version + 1 where id = ${id}::uuid`,
      ),
    ).rejects.toThrow();
    expect(await refusal(call().letter.save({ id, revision: 2, saveId: newId(), content }))).toMatchObject({
      key: "letter.signed",
    });
  });

  it("names the attached file that cannot be opened; one whose page has no size goes as a letter page", async () => {
    const patientId = await someone();
    const filed = async (content: Buffer) => {
      const id = await sendFile(doctor, content);
      await fileDocument(doctor.ctx, { ...card, id, version: 1, patientId });
      return { kind: "document" as const, ids: [id], title: "Télécopie" };
    };
    const heavy = await filed(aPdfBomb());
    const { id, revision } = await beginTestLetter(clinic, doctor, patientId, letterContent({ attachments: [heavy] }));
    for (const asked of [call().letter.preview({ id, revision }), call().letter.sign({ id, revision })])
      expect(await refusal(asked)).toMatchObject({
        fields: { attachments: "letter.unreadable" },
        details: { title: "Télécopie" },
      });
    const attachments = [await filed(aRawPage("/MediaBox[0 0 612]"))];
    const { documentId } = await signTestLetter(clinic, doctor, patientId, letterContent({ attachments }));
    expect((await read(documentId))[1]).toContain("Pièce 1 : Télécopie · Page 2 de 2");
  }, 120_000);

  it("is corrected by a new letter that points at the former, one at a time; the former says that it was replaced", async () => {
    const patientId = await someone();
    const { id: letterId } = await signTestLetter(clinic, doctor, patientId);
    const id = newId();
    await call().letter.correct({ id, letterId });
    expect(await refusal(call().letter.correct({ id: newId(), letterId }))).toMatchObject({
      key: "letter.correcting",
      details: { id },
    });
    const { documentId } = await call().letter.sign({ id, revision: 1 });
    expect((await call().letter.read({ id: letterId })).status).toBe("replaced");
    expect((await call().letter.read({ id })).corrects?.id).toBe(letterId);
    expect((await read(documentId))[0]).toContain("Remplace celle du");
  });

  it("once corrected is sent no more; the link that went before stays, and the chart offers the corrected one", async () => {
    await approve(clinic);
    const patientId = await someone();
    const desk = await makeMember(clinic, "assistant");
    const first = await signTestLetter(clinic, doctor, patientId);
    const asked = aSending({ patientId, documentIds: [first.documentId] });
    const sent = await sendDocuments(doctor.ctx, asked);
    const fax = await sendDocuments(
      doctor.ctx,
      aSending({ patientId, documentIds: [first.documentId], channel: "fax", contact: "418 555-0142" }),
    );
    const to = recipientOf(clinic, await mailLink(clinic, doctor, sent.id));
    const correct = async (letterId: string) => {
      const id = newId();
      await call().letter.correct({ id, letterId });
      return { id, documentId: (await call().letter.sign({ id, revision: 1 })).documentId };
    };
    const second = await correct(first.id);
    const third = await correct(second.id);
    expect(await refusal(call().communication.send({ ...asked, id: newId() }))).toMatchObject({
      key: "communication.replaced",
    });
    expect(await refusal(call().communication.prepare({ patientId, documentIds: [second.documentId] }))).toMatchObject({
      key: "communication.replaced",
    });
    // Nor by the paper that waited for the fax machine; nor where the database is asked directly, also by whoever sees no letter.
    await expect(printFax(doctor.ctx, fax.id)).rejects.toMatchObject({ code: "NotFound" });
    for (const member of [doctor, desk])
      await expect(
        withStaff(member.ctx, (db) =>
          db.communicationDocument.createMany({
            data: {
              clinicId: clinic.id,
              id: newId(),
              communicationId: sent.id,
              patientId,
              authorId: member.userId,
              place: 9,
              documentId: first.documentId,
              title: "Lettre",
            },
          }),
        ),
      ).rejects.toMatchObject({ code: member === doctor ? "Invalid" : "NotFound" });
    // The old one is read, marked, and leads to the one that counts.
    expect(await call().document.read({ id: first.documentId })).toMatchObject({ replacedById: third.documentId });
    expect(await call().letter.read({ id: first.id })).toMatchObject({ status: "replaced", replacedBy: second.id });
    expect((await call().letter.attachable({ patientId })).documents.map(({ id }) => id)).toEqual([third.documentId]);
    // What was sent was sent.
    expect((await to.communication.openLink({ code: sent.code ?? "" })).documents).toHaveLength(1);
    const { rows } = await call().communication.list({ patientId });
    expect(rows.find(({ id }) => id === sent.id)?.documents).toMatchObject([
      { id: first.documentId, replacedBy: third.documentId },
    ]);
    await call().communication.send({ ...asked, id: newId(), documentIds: [third.documentId] });
  });

  it("offers findings apart from what is measured on the person, the latest first: a month of vital signs crowds out no result", async () => {
    const patientId = await someone();
    const caller = call();
    const record = { clinic, doctor, patientId, caller };
    await measure(record, [["=hba1c", "7,1", { label: "HbA1c", unit: "%" }]], daysAgo(90));
    await measure(record, [["=k", "4,1", { label: "Potassium", unit: "mmol/L" }]], daysAgo(80));
    for (let day = 30; day > 0; day -= 1)
      await measure(
        record,
        [
          ["bp-systolic", String(120 + day)],
          ["bp-diastolic", "76"],
        ],
        daysAgo(day),
      );
    const { values, measures } = await caller.letter.attachable({ patientId });
    expect(values.map(({ label }) => label)).toEqual(["Potassium", "HbA1c"]);
    const said = withPressure(measures, "fr").map(({ text }) => text);
    expect(said.slice(0, 2)).toEqual(["121/76 mm\u00a0Hg", "122/76 mm\u00a0Hg"]);
    expect(said).toHaveLength(15);
  });

  it("never makes one pressure of the halves of two of one day", async () => {
    const patientId = await someone();
    const record = { clinic, doctor, patientId, caller: call() };
    const at = Date.now();
    const whole = async (systolic: string, diastolic: string, when: number) =>
      measure(
        record,
        [
          ["bp-systolic", systolic],
          ["bp-diastolic", diastolic],
        ],
        new Date(when),
      );
    await whole("128", "76", at - 5_000);
    await measure(record, [["bp-systolic", "184"]], new Date(at - 4_000));
    const vitals = async () => [(await call().letter.fields({ patientId, language: "fr" })).values.vitals].flat();
    const [alone, ...more] = await vitals();
    expect(alone).toContain("184");
    expect(more).toEqual([]);
    const { measures } = await call().letter.attachable({ patientId });
    expect(withPressure(measures, "fr").map(({ text, value }) => text || value)).toEqual(["184", "128/76 mm\u00a0Hg"]);
    await whole("132", "81", at - 3_000);
    await measure(record, [["bp-diastolic", "60"]], new Date(at - 2_000));
    expect((await vitals()).map((one) => String(one).includes("132/81 mm\u00a0Hg"))).toEqual([true]);
  });

  it("keeps what is typed by compare and set: another window is refused, a save sent twice is one", async () => {
    const patientId = await someone();
    const { id, revision } = await beginTestLetter(clinic, doctor, patientId);
    const save = { id, revision, saveId: newId(), content: letterContent({ subject: "Un" }) };
    const first = await call().letter.save(save);
    expect((await call().letter.save(save)).revision).toBe(first.revision);
    expect(await refusal(call().letter.save({ ...save, saveId: newId() }))).toMatchObject({ key: "letter.moved" });
    expect(await refusal(call().letter.sign({ id, revision }))).toMatchObject({ key: "letter.moved" });
  });

  it("is taken away as DOCX too, with the same words", async () => {
    const patientId = await someone();
    const { id } = await signTestLetter(clinic, doctor, patientId);
    const { name, file } = await call().letter.word({ id });
    expect(name).toMatch(/^lettre-\d{4}-\d\d-\d\d\.docx$/);
    const { text } = await extractText(
      Buffer.from(file, "base64"),
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    );
    expect(text).toContain("Merci de voir cette patiente.");
  });

  it("said to be an error, letter and document stay with who and why", async () => {
    const patientId = await someone();
    const { id, documentId } = await signTestLetter(clinic, doctor, patientId);
    await call().letter.markInError({ id, version: 2, reason: "Un autre patient" });
    expect(await call().letter.read({ id })).toMatchObject({
      status: "entered-in-error",
      errorReason: "Un autre patient",
    });
    const document = await call().document.read({ id: documentId });
    expect(document.status).toBe("entered-in-error");
  });
});

describe("DM-4: the directory with the letters sent to each", () => {
  it("lists the letters signed to a correspondent, the latest first, and none that were replaced", async () => {
    const patientId = await someone();
    const correspondentId = newId();
    await call().correspondent.add({
      id: correspondentId,
      kind: "practitioner",
      familyName: "Lemay",
      specialty: "Ophtalmologie",
    });
    const recipient = { kind: "correspondent", correspondentId, name: "Dre Lemay" };
    const one = await signTestLetter(clinic, doctor, patientId, letterContent({ recipient, subject: "Un" }));
    const two = await signTestLetter(clinic, doctor, patientId, letterContent({ recipient, subject: "Deux" }));
    const id = newId();
    await call().letter.correct({ id, letterId: one.id });
    await call().letter.sign({ id, revision: 1 });
    const { rows } = await call().letter.to({ correspondentId });
    expect(rows.map((row) => row.id)).toEqual([id, two.id]);
  });

  it("is not written to a line that is not in the directory", async () => {
    const content = letterContent({ recipient: { kind: "correspondent", correspondentId: newId(), name: "Personne" } });
    const { id, revision } = await beginTestLetter(clinic, doctor, await someone(), content);
    expect(await refusal(call().letter.sign({ id, revision }))).toMatchObject({
      fields: { recipient: "letter.recipientNeeded" },
    });
  });
});

it("whoever gives no care sees no letter, and no other clinic does", async () => {
  const { id } = await signTestLetter(clinic, doctor, await someone());
  const desk = await makeMember(clinic, "assistant");
  expect(await refusal(call(desk).letter.read({ id }))).toMatchObject({ code: "Forbidden" });
  const seen = await withStaff(desk.ctx, (db) => db.letter.count({ where: { id } }));
  expect(seen).toBe(0);
});
