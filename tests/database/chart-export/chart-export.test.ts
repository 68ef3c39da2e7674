import { buffer } from "node:stream/consumers";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import pg from "pg";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginExport, cancelExport, fetchExport, listExports } from "#server/chart-export/ask-export.ts";
import { expireExports } from "#server/chart-export/expire-exports.ts";
import { createChartMaker } from "#server/chart-export/make-export.ts";
import { beginExportInput, chartParts } from "#server/chart-export/schema.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { processFileRoom } from "#server/storage/file-room.ts";
import { getFile } from "#server/storage/get-file.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { aSending, mailLink, recipientOf } from "#tests/factories/communication.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { jobContext } from "#tests/factories/job-context.ts";
import { beginTestNote, saveTestNote, signTestNote } from "#tests/factories/note.ts";
import { approve } from "#tests/factories/public-page.ts";
import { daysAgo, makeRecord, measure, type TestRecord } from "#tests/factories/record.ts";

const admin = new pg.Client({ connectionString: database.adminUrl });
let record: TestRecord;

beforeAll(async () => {
  await admin.connect();
  record = await makeRecord();
  const { clinic, doctor, patientId, caller } = record;
  await approve(clinic);
  const allergy = {
    kind: "allergy",
    substance: "Pénicilline",
    reaction: "Urticaire",
    severity: "severe",
    certainty: "confirmed",
  } as const;
  await caller.allergy.add({
    id: newId(),
    patientId,
    codeSystem: "",
    code: "",
    codeVersion: "",
    onset: "",
    note: "",
    ...allergy,
  });
  await measure(record, [["weight", "78,4"]], daysAgo(3));
  const note = await signTestNote(clinic, doctor, {
    patientId,
    text: "Lombalgie depuis trois jours.",
    occurredAt: daysAgo(3),
  });
  const addendum = newId();
  const tab = note.tab;
  await caller.note.amend({ id: addendum, noteId: note.id, relation: "addendum", tab });
  const { revision } = await saveTestNote(clinic, doctor, { id: addendum, tab }, 1, "Radiographie normale.");
  await caller.note.sign({ id: addendum, revision });
  const draft = await beginTestNote(clinic, doctor, { patientId });
  await saveTestNote(clinic, doctor, draft, 1, "Encore en train d’écrire.");
  const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: "#c02040" } })
    .png()
    .toBuffer();
  for (const [content, name, title] of [
    [aLetter("Échographie du 3 novembre"), "Lettre.pdf", "Échographie abdominale"],
    [picture, "Plaie.png", "Plaie du genou"],
  ] as const) {
    const id = await sendFile(doctor, content, name);
    await fileDocument(doctor.ctx, { id, version: 1, patientId, ...card, title });
  }
});
afterAll(async () => {
  await admin.end();
  await closeDatabases();
});

const asked = (more: object = {}) =>
  beginExportInput.parse({ id: newId(), patientId: record.patientId, language: "fr", parts: [...chartParts], ...more });
const run = (exportId: string) =>
  createChartMaker()(jobContext("make-chart-export", record.clinic.id, newId()), {
    exportId,
    userId: record.doctor.userId,
  });

async function made(more: object = {}) {
  const { id } = await beginExport(record.doctor.ctx, asked(more));
  await run(id);
  const file = await fetchExport(record.doctor.ctx, id);
  const content = await buffer(await getFile(record.doctor.ctx, file));
  return { id, file, content, pages: await wordsOf(content) };
}

/** The words of each page, as a reader finds them. */
async function wordsOf(content: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(content), useWorkerFetch: false });
  const document = await task.promise;
  const pages: string[] = [];
  for (let nth = 1; nth <= document.numPages; nth += 1) {
    const text = await (await document.getPage(nth)).getTextContent();
    pages.push(
      text.items
        .map((item) => ("str" in item ? item.str : ""))
        .join(" ")
        .replaceAll(/\s+/g, " "),
    );
  }
  await task.destroy();
  return pages;
}

/** The outline beside the pages: each line with the page that it opens, from 1, and what stands under it. */
async function outlineOf(content: Uint8Array) {
  const task = getDocument({ data: new Uint8Array(content), useWorkerFetch: false });
  const document = await task.promise;
  type Node = Awaited<ReturnType<typeof document.getOutline>>[number];
  const read = async ({ title, dest, items }: Node): Promise<{ title: string; page: number; under: string[] }> => {
    const [ref] = (Array.isArray(dest) ? dest : []) as Parameters<typeof document.getPageIndex>;
    return { title, page: (await document.getPageIndex(ref)) + 1, under: items.map((one: Node) => one.title) };
  };
  const lines = await Promise.all((await document.getOutline()).map(read));
  await task.destroy();
  return lines;
}

describe("GM-5: the whole chart as one file", () => {
  it("says what was carried from another note, and from which, where it begins and where it ends", async () => {
    const { clinic, doctor, patientId, caller } = record;
    const earlier = await signTestNote(clinic, doctor, { patientId, text: "Genou stable." });
    const { id, tab } = await beginTestNote(clinic, doctor, { patientId });
    const from = { kind: "note" as const, id: earlier.id, on: "2026-10-05" };
    const answers = {
      subjective: [
        { runs: ["Revu ce jour. ", { text: "Genou stable,", source: from }] },
        { runs: [{ text: "sans épanchement.", source: from }, " Marche mieux."] },
      ],
    };
    const saved = await caller.note.save({ id, tab, revision: 1, saveId: newId(), title: "", diagnoses: [], answers });
    await caller.note.sign({ id, revision: saved.revision });
    // As it was signed, its marks with it.
    expect((await caller.note.read({ id }))[0]?.answers).toEqual(answers);
    const whole = (await made({ parts: ["notes"] })).pages.join(" ").replaceAll(/\s+/g, " ");
    expect(whole).toMatch(
      /Revu ce jour\. ?\[repris de la note du 2026-10-05 : ?Genou stable, sans épanchement\. ?\] ?Marche mieux\./,
    );
  });

  it("holds every part, finds each by its page, and bears patient, clinic and page n of N everywhere", async () => {
    const { pages, content } = await made();
    const whole = pages.join("\n");
    for (const said of [
      "Pénicilline",
      "78,4",
      "Lombalgie depuis trois jours.",
      "Radiographie normale.",
      "Échographie du 3 novembre",
      "Plaie du genou",
    ])
      expect(whole).toContain(said);
    expect(whole).not.toContain("Encore en train");
    expect(whole).toContain("Les notes non signées ne sont pas reproduites.");
    const name = (await callerOf(record.doctor, record.clinic).patient.read({ id: record.patientId })).displayName;
    pages.forEach((page, at) => {
      expect(page).toContain(`Page ${at + 1} de ${pages.length}`);
      expect(page).toContain("Clinique");
      expect(page).toContain(name.split(" ").at(-1) ?? "");
    });
    // What the contents say is where it is.
    const [front = ""] = pages;
    for (const [title, words] of [
      ["Allergies et intolérances", "Pénicilline"],
      ["Mesures et résultats", "78,4"],
      ["Notes", "Lombalgie"],
      ["Documents", "Plaie du genou"],
    ] as const) {
      const [, number] = new RegExp(`${title} (\\d+)`).exec(front) ?? [];
      expect(pages.slice(Number(number) - 1).join(" "), title).toContain(words);
      expect(pages[Number(number) - 1], title).toContain(title === "Notes" ? "Notes de" : title);
    }
    // So do the lines that viewers show beside the pages.
    const outline = await outlineOf(content);
    expect(outline[0]).toMatchObject({ title: "Table des matières", page: 1 });
    for (const { title, page } of outline.slice(1)) {
      const [, number] = new RegExp(`${title} (\\d+)`).exec(front) ?? [];
      expect(page, title).toBe(Number(number));
    }
    expect(outline.find(({ title }) => title === "Notes")?.under).toEqual([expect.stringMatching(/^Notes de \d{4}$/)]);
    expect(outline.at(-1)).toMatchObject({
      title: "Documents",
      under: expect.arrayContaining(["Échographie abdominale", "Plaie du genou"]),
    });
    // The addendum stands behind its note; the letter where the list says.
    const notes = pages.find((page) => page.includes("Lombalgie")) ?? "";
    expect(notes.indexOf("Radiographie normale.")).toBeGreaterThan(notes.indexOf("Lombalgie"));
    const list = pages.find((page) => page.includes("Documents") && page.includes("p. ")) ?? "";
    const [, begins] = /Échographie abdominale.*?p\. (\d+)/.exec(list) ?? [];
    expect(pages[Number(begins) - 1]).toContain("Échographie du 3 novembre");
  });

  it("marks drafts as drafts, leaves out what is left out, and says so", async () => {
    const { pages } = await made({ parts: ["notes"], drafts: true, language: "en" });
    const whole = pages.join("\n");
    expect(whole).toContain("Encore en train d’écrire.");
    expect(whole).toContain("DRAFT – NOT SIGNED");
    expect(whole).toContain("Left out: problems, allergies");
    expect(whole).not.toContain("Pénicilline");
  });

  it("shows what whoever asked may see: a restricted colleague's has none of what is closed to them", async () => {
    const colleague = await makeMember(record.clinic, "professional");
    await restrictPatient(
      record.clinic.owner.ctx,
      restrictPatientInput.parse({
        patientId: record.patientId,
        target: { kind: "member", userId: colleague.userId },
        category: "note",
        signedOn: "2026-11-02",
        signerName: "Réjean Côté",
        signerContact: "418 555-0101",
        risksExplained: true,
      }),
    );
    await opens(colleague, record.patientId);
    const { id } = await beginExport(colleague.ctx, asked());
    await createChartMaker()(jobContext("make-chart-export", record.clinic.id, newId()), {
      exportId: id,
      userId: colleague.userId,
    });
    const file = await fetchExport(colleague.ctx, id);
    const whole = (await wordsOf(await buffer(await getFile(colleague.ctx, file)))).join("\n");
    expect(whole).toContain("Pénicilline");
    expect(whole).not.toContain("Lombalgie");
    // One's own file is nobody else's.
    await expect(fetchExport(record.doctor.ctx, id)).rejects.toMatchObject({ code: "NotFound" });
  });

  it("is made once, stops when it is cancelled, and keeps nothing of what was stopped", async () => {
    const first = asked();
    await Promise.all([
      beginExport(record.doctor.ctx, first),
      beginExport(record.doctor.ctx, first).catch(() => undefined),
    ]);
    await expect(beginExport(record.doctor.ctx, asked())).rejects.toMatchObject({ key: "chartExport.underWay" });
    await cancelExport(record.doctor.ctx, { id: first.id });
    await run(first.id);
    const [one] = await listExports(record.doctor.ctx, { patientId: record.patientId });
    expect(one).toMatchObject({ id: first.id, status: "cancelled", sizeBytes: null });
    const again = await made();
    await run(again.id);
    const files = await admin.query(
      "select count(*)::int as n from clinic.chart_export where id = $1 and file_id is not null",
      [again.id],
    );
    expect(files.rows[0].n).toBe(1);
  });

  it("is sent like a document, and removed at its term once no link shows it", async () => {
    const { id, file } = await made();
    const { id: sent, code } = await sendDocuments(
      record.doctor.ctx,
      aSending({ patientId: record.patientId, documentIds: [], chartExportId: id }),
    );
    const token = await mailLink(record.clinic, record.doctor, sent);
    const opened = await recipientOf(record.clinic, token).communication.openLink({ code: code ?? "" });
    expect(opened.documents).toMatchObject([{ id, mediaType: "application/pdf" }]);
    const house = { requestId: newId(), job: "expire-chart-exports", clinicId: null };
    await admin.query("update clinic.chart_export set expires_at = now() - interval '1 hour' where id = $1", [id]);
    await expireExports(house);
    expect(await processFileRoom().objects.get(file.objectKey)).toBeTruthy();
    await admin.query("update clinic.transmission set expires_at = now() - interval '1 hour' where id = $1", [sent]);
    await expireExports(house);
    await expect(fetchExport(record.doctor.ctx, id)).rejects.toMatchObject({ code: "NotFound" });
    await expect(processFileRoom().objects.get(file.objectKey)).rejects.toThrow();
    const told = await admin.query(
      "select 1 from clinic.audit_event where event = 'chart-export.expired' and $1 = any (entity_ids)",
      [id],
    );
    expect(told.rows).toHaveLength(1);
  });
});
