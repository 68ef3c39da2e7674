import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { openImportFile } from "./open-file.ts";
import type { DateOrder, ImportField, LineOutcome, ListLinesInput, Mapping } from "./schema.ts";

export interface ImportState {
  readonly id: string;
  readonly name: string;
  readonly sourceSystem: string;
  readonly status: "draft" | "checking" | "checked" | "running" | "done" | "undoing" | "undone" | "failed";
  readonly mapping: Partial<Record<ImportField, number>>;
  readonly withDuplicates: boolean;
  readonly dateOrder: DateOrder;
  readonly lineCount: number;
  /** Lines of the work under way. */
  readonly done: number;
  readonly counts: Partial<Record<LineOutcome, number>>;
  readonly createdAt: Date;
  readonly version: number;
}

const columns = {
  id: true,
  name: true,
  sourceSystem: true,
  status: true,
  mapping: true,
  withDuplicates: true,
  dateOrder: true,
  lineCount: true,
  done: true,
  createdAt: true,
  version: true,
} as const;

/** How an import stands. @throws NotFound */
export async function readImport(ctx: ClinicContext, { id }: { id: string }): Promise<ImportState> {
  requirePermission(ctx, "patient:import");
  return withStaff(ctx, async (db) => {
    const row = await db.patientImport.findFirst({ where: { clinicId: ctx.clinic.id, id }, select: columns });
    if (!row) throw notFound();
    return { ...(row as unknown as Omit<ImportState, "counts">), counts: await countsOf(db, ctx.clinic.id, id) };
  });
}

/** The clinic's imports, the newest first; at most 50. */
export async function listImports(ctx: ClinicContext): Promise<Omit<ImportState, "counts">[]> {
  requirePermission(ctx, "patient:import");
  const rows = await withStaff(ctx, (db) =>
    db.patientImport.findMany({
      where: { clinicId: ctx.clinic.id },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 50,
      select: columns,
    }),
  );
  return rows as unknown as Omit<ImportState, "counts">[];
}

export interface ImportLines {
  readonly header: readonly string[];
  readonly lines: readonly {
    /** From 1, the header aside. */
    readonly line: number;
    readonly cells: readonly string[];
    readonly outcome: LineOutcome | null;
    readonly recordId: string | null;
    /** Column → key of the sentence. */
    readonly errors: Readonly<Record<number, string>>;
  }[];
  readonly after: number | null;
}

/** Lines of the file with what became of each, a page at a time: those of one outcome, or all. */
export async function listLines(
  ctx: ClinicContext,
  { id, outcome, after, most }: ListLinesInput,
): Promise<ImportLines> {
  requirePermission(ctx, "patient:import");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const found = await db.patientImport.findFirst({ where: { clinicId, id } });
    if (!found) throw notFound();
    const table = await openImportFile(db, clinicId, found);
    const known = await db.patientImportLine.findMany({
      where: { clinicId, importId: id, line: { gt: after }, outcome },
      orderBy: { line: "asc" },
      take: most,
    });
    const byLine = new Map(known.map((row) => [row.line, row]));
    const numbers = outcome
      ? known.map(({ line }) => line)
      : Array.from({ length: Math.min(most, table.lines.length - after) }, (_, at) => after + at + 1);
    const mapping = found.mapping as Mapping;
    return {
      header: table.header,
      lines: numbers.map((line) => {
        const row = byLine.get(line);
        return {
          line,
          cells: table.lines[line - 1] ?? [],
          outcome: (row?.outcome as LineOutcome) ?? null,
          recordId: row?.recordId ?? null,
          errors: besideColumns((row?.errors ?? {}) as Partial<Record<ImportField, string>>, mapping),
        };
      }),
      after: numbers.length === most ? (numbers.at(-1) ?? null) : null,
    };
  });
}

const besideColumns = (errors: Partial<Record<ImportField, string>>, mapping: Mapping) =>
  Object.fromEntries(Object.entries(errors).map(([field, key]) => [mapping[field as ImportField] ?? 0, key]));

async function countsOf(db: Db, clinicId: string, importId: string): Promise<ImportState["counts"]> {
  const rows = await db.patientImportLine.groupBy({
    by: ["outcome"],
    where: { clinicId, importId },
    _count: { _all: true },
  });
  return Object.fromEntries(rows.map((row) => [row.outcome, row._count._all]));
}
