import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withMover } from "#server/db/with-mover.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { importLines } from "./jobs.ts";
import { openImportFile } from "./open-file.ts";
import { readLine } from "./read-line.ts";
import { type RegisteredLine, registerLines } from "./register-lines.ts";
import type { DateOrder, LineOutcome, Mapping } from "./schema.ts";
import { takeBack } from "./take-back.ts";
import { whoIsKnown } from "./who-is-known.ts";

/** Lines of one transaction: about a second of work, so that progress is seen and a killed worker loses little. */
const chunk = 200;

interface Written {
  readonly line: number;
  readonly outcome: LineOutcome;
  readonly recordId?: string | null;
  readonly recordVersion?: number | null;
  readonly errors?: object;
}

/**
 * The handler of `import-lines`: the next lines of the work under way, written with the count that they bring it to and the request for
 * those after them, in one transaction. Killed at any moment, it begins again at the first line that is not written; run twice, the
 * second finds its request gone.
 */
export async function carryImport(
  ctx: SystemContext & { readonly jobId: string },
  { importId }: { importId: string },
): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  const found = await withStaff(ctx, (db) => db.patientImport.findFirst({ where: { clinicId, id: importId } }));
  if (!found || !["checking", "running", "undoing"].includes(found.status)) return;
  if (found.status === "undoing")
    return withMover(clinicId, (db) => advance(db, ctx, importId, takeBack), found.authorId);
  await withStaff(ctx, (db) => advance(db, ctx, importId, found.status === "checking" ? check : register));
}

type Import = NonNullable<Awaited<ReturnType<Db["patientImport"]["findFirst"]>>>;
export type Work = (db: Db, one: Import, from: number, most: number) => Promise<readonly Written[]>;

const ends: Readonly<Record<string, string>> = { checking: "checked", running: "done", undoing: "undone" };

async function advance(
  db: Db,
  ctx: SystemContext & { readonly jobId: string },
  importId: string,
  work: Work,
): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  await takeJob(db, ctx.jobId);
  const one = await db.patientImport.findFirst({ where: { clinicId, id: importId } });
  if (!one || !ends[one.status]) return;
  const lines = await work(db, one, one.done, chunk);
  await write(db, clinicId, importId, lines);
  const done = Math.min(one.lineCount, one.done + chunk);
  const ended = done === one.lineCount;
  await db.patientImport.updateMany({
    where: { clinicId, id: importId, version: one.version },
    data: { done, version: one.version + 1, ...(ended && { status: ends[one.status] }) },
  });
  const changed = lines.flatMap(({ outcome, recordId }) =>
    recordId && (outcome === "created" || outcome === "undone") ? [recordId] : [],
  );
  if (changed.length > 0)
    await recordAudit(db, ctx, {
      event: one.status === "running" ? "patient-import.registered" : "patient-import.taken-back",
      action: one.status === "running" ? "C" : "U",
      entity: "Patient",
      entityIds: changed,
      detail: { import: importId },
    });
  if (!ended) await enqueue(db, importLines, { importId }, { clinicId });
}

/** One statement for all the lines of a transaction. */
const write = (db: Db, clinicId: string, importId: string, lines: readonly Written[]) =>
  db.$executeRaw`
    insert into clinic.patient_import_line (clinic_id, import_id, line, outcome, record_id, record_version, errors)
    select ${clinicId}::uuid, ${importId}::uuid, l.line, l.outcome, l.record, l.version, l.errors
    from jsonb_to_recordset(${JSON.stringify(
      lines.map(({ line, outcome, recordId, recordVersion, errors }) => ({
        line,
        outcome,
        record: recordId ?? null,
        version: recordVersion ?? null,
        errors: errors ?? {},
      })),
    )}::jsonb) as l (line int, outcome text, record uuid, version int, errors jsonb)
    on conflict (clinic_id, import_id, line) do update
      set outcome = excluded.outcome, record_id = excluded.record_id, record_version = excluded.record_version, errors = excluded.errors`;

/** What each line would become, and nobody is registered. */
const check: Work = async (db, one, from, most) =>
  (await judge(db, one, from, most)).map(({ line, outcome, errors }) => ({ line, outcome, errors }));

const register: Work = async (db, one, from, most) => {
  const judged = await judge(db, one, from, most);
  const ready = judged.filter(({ outcome }) => outcome === "ready");
  const registered = await registerLines(db, one, ready);
  return judged.map(({ line, outcome, errors }) => {
    const record = registered.get(line);
    return record ? { line, outcome: "created", recordId: record, recordVersion: 1 } : { line, outcome, errors };
  });
};

interface Judged extends RegisteredLine {
  readonly outcome: "ready" | "error" | "duplicate" | "known";
  readonly errors: object;
}

async function judge(db: Db, one: Import, from: number, most: number): Promise<Judged[]> {
  const { clinicId } = one;
  const { timeZone } = await db.clinic.findFirstOrThrow({ where: { clinicId }, select: { timeZone: true } });
  const table = await openImportFile(db, clinicId, one);
  const today = todayIn(timeZone);
  const key = await openClinicKey(clinicId);
  const read = table.lines.slice(from, from + most).map((cells, at) => {
    const line = from + at + 1;
    const { sourceId, ...rest } = readLine(cells, one.mapping as Mapping, today, one.dateOrder as DateOrder);
    // A line without a number of its own is known by its place in this very file.
    const source =
      sourceId === "" ? { system: `csv:${one.id}`, id: String(line) } : { system: one.sourceSystem, id: sourceId };
    return { line, id: newId(), key, today, source, ...rest };
  });
  const known = await whoIsKnown(db, clinicId, read);
  return read.map((row) => {
    if (!row.input) return { ...row, outcome: "error" as const };
    if (known.source(row)) return { ...row, outcome: "known" as const };
    const fileNumber = row.fileNumber !== "" && known.fileNumber(row);
    if (fileNumber) return { ...row, outcome: "error" as const, errors: { fileNumber: "import.fileNumberTaken" } };
    return { ...row, outcome: known.alike(row) && !one.withDuplicates ? ("duplicate" as const) : ("ready" as const) };
  });
}
