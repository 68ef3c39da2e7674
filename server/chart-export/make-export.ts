import { setImmediate as breathe } from "node:timers/promises";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { putOnPages } from "#server/document/put-on-pages.ts";
import { DomainError } from "#server/errors.ts";
import { beginJoin, countPages, inStandardLetters, type Joined } from "#server/pdf/join-pdf.ts";
import { letGarbageGo } from "#server/pdf/let-garbage-go.ts";
import type { Sink } from "#server/pdf/object-writer.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import type { PayloadOf } from "#server/queue/define-job.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import { withNamelessFile } from "#server/storage/nameless-file.ts";
import { putFile } from "#server/storage/put-file.ts";
import { makeChartExport } from "./jobs.ts";
import { countWork, type NoteRow, readDocuments, readHead, readLists, readNotes, readValues } from "./read-chart.ts";
import { type ChartOptions, chartParts } from "./schema.ts";
import { DocumentSheets, type ListedDocument } from "./sheets/documents.tsx";
import { type ContentsEntry, FrontSheets } from "./sheets/front.tsx";
import { type ListPart, ListSheets, listParts, titleOf } from "./sheets/lists.tsx";
import { NoteSheets } from "./sheets/notes.tsx";
import { ValueSheets } from "./sheets/values.tsx";
import { chartWords } from "./words.ts";

/** Rows and notes that are laid out at one time: what bounds the memory of the work, and what a cancel waits for. */
const [valuesAtOnce, notesAtOnce] = [200, 20];
/** Bytes of documents that are appended; what is beyond is listed. */
const mostAppended = 200 * 1024 * 1024;
/** The largest file that comes of it. */
const mostBytes = 1024 * 1024 * 1024;

/** Whoever asked thought better of it, or is no member any more. */
class Stopped extends Error {
  override readonly name = "Stopped";
}

export interface Made {
  readonly pages: number;
  readonly leftOut: number;
  /** Ids of the documents that stand in it, appended or listed. */
  readonly held: readonly string[];
}

interface Asked {
  readonly patientId: string;
  readonly authorId: string;
  readonly language: "fr" | "en";
  readonly options: ChartOptions;
  readonly madeAt: Date;
}

/** Says how far the work is, and stops it where nobody wants it any more. */
type Report = (done: number, steps: number) => Promise<void>;

/**
 * The handler of `make-chart-export`: lays the chart out part by part as whoever asked sees it, joins the parts, and keeps the file encrypted. Killed
 * at any moment nothing was kept, and it begins again; run twice, the second finds it done and throws its file away.
 */
export function createChartMaker(room: () => FileRoom = processFileRoom) {
  return async (job: JobContext, { exportId: id, userId }: PayloadOf<typeof makeChartExport>): Promise<void> => {
    const clinicId = job.clinicId ?? "";
    const ctx: SystemContext = { ...job, forUserId: userId };
    const scope = { clinic: { id: clinicId } };
    const report: Report = async (done, steps) => {
      const { count } = await withStaff(ctx, (db) =>
        db.chartExport.updateMany({
          where: { clinicId, id, status: { in: ["queued", "running"] } },
          data: { status: "running", done, steps },
        }),
      );
      if (count === 0) throw new Stopped("nobody waits for it");
    };
    try {
      const row = await withStaff(ctx, (db) => db.chartExport.findFirst({ where: { clinicId, id } }));
      if (!row || !["queued", "running"].includes(row.status)) return;
      const { patientId, authorId, createdAt: madeAt } = row;
      const options = row.options as unknown as ChartOptions;
      const language = row.language === "en" ? "en" : "fr";
      const asked = { patientId, authorId, language, options, madeAt } as const;
      const [made, { sha256, ...file }] = await withNamelessFile(async (handle) => [
        await makeChart(ctx, asked, room(), report, async (bytes) => void (await handle.writeFile(bytes))),
        await putFile(
          scope,
          { id: newId(), content: handle.createReadStream({ start: 0, autoClose: false }), maxBytes: mostBytes },
          room(),
        ),
      ]);
      await withStaff(ctx, async (db) => {
        await db.storedFile.createMany({
          data: {
            clinicId,
            id: file.id,
            category: "document",
            purpose: "export",
            mediaType: "application/pdf",
            sizeBytes: file.sizeBytes,
            objectKey: file.objectKey,
            sha256,
            authorId,
          },
        });
        const { count } = await db.chartExport.updateMany({
          where: { clinicId, id, status: "running" },
          data: {
            status: "done",
            fileId: file.id,
            sizeBytes: file.sizeBytes,
            pages: made.pages,
            leftOut: made.leftOut,
            held: [...made.held],
            settledAt: new Date(),
          },
        });
        if (count === 0) throw new Stopped("cancelled at the last moment");
        await recordAudit(db, ctx, {
          event: "chart-export.made",
          action: "C",
          entity: "ChartExport",
          entityIds: [id],
          patientId,
          ground: "care",
          detail: { pages: made.pages, leftOut: made.leftOut },
        });
      }).catch(async (error: unknown) => {
        await deleteFile(scope, file, room());
        throw error;
      });
    } catch (error) {
      if (error instanceof Stopped) return;
      // Whoever asked has left, or may see the patient no more.
      if (error instanceof DomainError && error.code === "NotFound") return;
      if (job.attempt >= makeChartExport.retry.attempts)
        await withStaff(ctx, (db) =>
          db.chartExport.updateMany({
            where: { clinicId, id, status: { in: ["queued", "running"] } },
            data: { status: "failed", errorCode: "NotMade", settledAt: new Date() },
          }),
        );
      throw error;
    }
  };
}

/**
 * The whole chart as one file, whose bytes go to `sink` as they are made. In memory: one part or one document.
 */
export async function makeChart(
  ctx: SystemContext,
  asked: Asked,
  room: FileRoom,
  report: Report,
  sink: Sink,
): Promise<Made> {
  const { patientId, language, options, madeAt } = asked;
  const w = chartWords[language];
  const has = (part: (typeof chartParts)[number]) => options.parts.includes(part);
  const head = await readHead(ctx, patientId, asked.authorId);
  const { timeZone } = head;
  const sheet = { language, timeZone };
  const period = { from: options.from, until: options.until, timeZone };
  const lists = await readLists(ctx, patientId);
  const documents = has("documents") ? await readDocuments(ctx, patientId, period) : [];
  const count = await countWork(ctx, patientId);
  const steps =
    2 +
    (has("observations") ? Math.ceil(count.values / valuesAtOnce) : 0) +
    (has("notes") ? Math.ceil(count.notes / notesAtOnce) : 0) +
    (options.append ? documents.length : 0);
  let done = 0;
  const step = async () => {
    done = Math.min(steps - 1, done + 1);
    letGarbageGo();
    await report(done, steps);
    await breathe();
  };
  await report(0, steps);

  const joined = await beginJoin(w.title, language, madeAt, sink);
  const entries: ContentsEntry[] = [];
  const mark = (label: string, under = false) => entries.push({ label, page: joined.pages + 1, under });

  const parts = listParts.filter((part) => part === "identity" || has(part));
  const begins = new Map<ListPart, number>();
  const onPage = (part: ListPart, page: number) => void begins.set(part, page);
  const laidOut = await renderPdf(ListSheets({ ...sheet, ...lists, head, parts, onPage }));
  for (const part of parts)
    entries.push({ label: titleOf(part, language), page: joined.pages + (begins.get(part) ?? 1), under: false });
  await joined.addPdf(laidOut);
  await step();
  if (has("observations")) await addValues(ctx, joined, { ...asked, sheet, period, step });
  if (has("notes")) {
    mark(w.parts.notes);
    await addNotes(ctx, joined, { ...asked, sheet, period, step, mark });
  }
  const notices = [
    ...(options.from || options.until ? [w.period(options.from ?? "", options.until ?? "")] : []),
    ...(options.parts.length < chartParts.length
      ? [
          w.leftOut(
            chartParts
              .filter((part) => !has(part))
              .map((part) => w.parts[part].toLowerCase())
              .join(", "),
          ),
        ]
      : []),
    ...(options.drafts ? [] : [w.without.drafts]),
    ...(options.private ? [] : [w.without.private]),
    w.without.restricted,
  ];
  if (has("documents")) mark(w.parts.documents);
  // Laid out once to know how many pages it takes, then with the pages that all others have behind it.
  const layFront = (shown: readonly ContentsEntry[]) =>
    renderPdf(FrontSheets({ ...sheet, head, madeAt, notices, entries: shown }));
  const front = await countPages(await layFront(entries));
  const listed = has("documents")
    ? await addDocuments(ctx, joined, { language, documents, append: options.append, room, step, front })
    : [];
  const placed = entries.map((one) => ({ ...one, page: one.page + front }));
  await joined.insertPdf(await layFront(placed), 0);
  const who = `${head.clinicName}  ·  ${head.patient.name}  ·  ${w.file} ${head.patient.fileNumber}`;
  const appended = listed.flatMap(({ title, page }) => (page === null ? [] : [{ label: title, page, under: true }]));
  await joined.end({
    foot: (page, of) => inStandardLetters(`${who}  ·  ${w.foot(page, of)}`),
    // The documents come last, in the contents as in the file.
    outline: [{ label: w.contents, page: 1, under: false }, ...placed, ...appended],
  });
  const leftOut = listed.filter(({ page, why }) => page === null || why === "cut").length;
  return { pages: joined.pages, leftOut, held: documents.map(({ id }) => id) };
}

interface Under extends Asked {
  readonly sheet: { readonly language: "fr" | "en"; readonly timeZone: string };
  readonly period: { readonly from: string | null; readonly until: string | null; readonly timeZone: string };
  readonly step: () => Promise<void>;
}

async function addValues(ctx: SystemContext, joined: Joined, { patientId, sheet, period, step }: Under): Promise<void> {
  for (let after: string | null = null, first = true; ; first = false) {
    const rows = await readValues(ctx, patientId, period, after, valuesAtOnce);
    if (rows.length > 0) await joined.addPdf(await renderPdf(ValueSheets({ ...sheet, rows, first })));
    await step();
    after = rows.at(-1)?.id ?? null;
    if (rows.length < valuesAtOnce) return;
  }
}

async function addNotes(
  ctx: SystemContext,
  joined: Joined,
  { patientId, sheet, period, options, step, mark }: Under & { mark: (label: string, under: boolean) => void },
): Promise<void> {
  const w = chartWords[sheet.language];
  let known = "";
  for (let after: string | null = null; ; ) {
    const { notes, last } = await readNotes(
      ctx,
      patientId,
      { ...period, drafts: options.drafts, private: options.private },
      after,
      notesAtOnce,
    );
    for (const [year, ofYear] of byYear(notes, period.timeZone)) {
      const begins = year !== known;
      if (begins) mark(w.notesOf(year), true);
      known = year;
      await joined.addPdf(await renderPdf(NoteSheets({ ...sheet, notes: ofYear, year: begins ? year : null })));
    }
    await step();
    if (!last) return;
    after = last;
  }
}

/** Each note with what amends it, by the year of the care: an addendum of January stays with the note of December. */
function byYear(notes: readonly NoteRow[], timeZone: string): Map<string, NoteRow[]> {
  const years = new Map<string, NoteRow[]>();
  let year = "";
  for (const note of notes) {
    if (!note.amendsId) year = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric" }).format(note.occurredAt);
    const kept = years.get(year) ?? [];
    kept.push(note);
    years.set(year, kept);
  }
  return years;
}

interface Appending {
  readonly language: "fr" | "en";
  readonly documents: Awaited<ReturnType<typeof readDocuments>>;
  readonly append: boolean;
  readonly room: FileRoom;
  readonly step: () => Promise<void>;
  /** Pages that will stand before all of these. */
  readonly front: number;
}

/**
 * The documents behind their list. The list says where each begins, so it is laid out twice: for its length, then with the pages, in its place before them.
 * @returns them as they are listed: those without a page are not there
 */
async function addDocuments(
  ctx: SystemContext,
  joined: Joined,
  { language, documents, append, room, step, front }: Appending,
): Promise<ListedDocument[]> {
  const scope = { clinic: { id: ctx.clinicId ?? "" } };
  const listed: ListedDocument[] = documents.map((one) => ({ ...one, page: null, why: "choice" }));
  if (!append) {
    await joined.addPdf(await renderPdf(DocumentSheets({ language, documents: listed })));
    return listed;
  }
  const place = joined.pages;
  // As long as it can get: every line with its reason.
  const longest = listed.map((one) => ({ ...one, why: "form" as const }));
  const list = await countPages(await renderPdf(DocumentSheets({ language, documents: longest })));
  let bytes = 0;
  for (const [at, document] of documents.entries()) {
    const fits = bytes + document.sizeBytes <= mostAppended;
    const begins = joined.pages + list + front + 1;
    const { pages, isCut } = fits
      ? await putOnPages(scope, { ...document, id: document.fileId }, joined, room)
      : { pages: 0, isCut: false };
    if (pages > 0) bytes += document.sizeBytes;
    listed[at] = {
      ...document,
      page: pages > 0 ? begins : null,
      why: !fits ? "weight" : pages > 0 && isCut ? "cut" : "form",
    };
    await step();
  }
  await joined.insertPdf(await renderPdf(DocumentSheets({ language, documents: listed })), place);
  return listed;
}
