import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { importLines } from "./jobs.ts";
import type { CheckImportInput, importVersionRef } from "./schema.ts";

interface Step {
  readonly from: readonly string[];
  readonly to: "checking" | "running" | "undoing";
  readonly event: string;
}

/** Says what the columns are, and has every line read without registering anybody. @throws Conflict `stale`; Precondition; NotFound */
export function checkImport(
  ctx: ClinicContext,
  { id, version, ...what }: CheckImportInput,
): Promise<{ version: number }> {
  return step(
    ctx,
    { id, version },
    { from: ["draft", "checked"], to: "checking", event: "patient-import.checked" },
    what,
  );
}

/** Registers the lines that are ready. @throws Conflict `stale`; Precondition `import.step`; NotFound */
export function runImport(ctx: ClinicContext, ref: z.output<typeof importVersionRef>): Promise<{ version: number }> {
  return step(ctx, ref, { from: ["checked"], to: "running", event: "patient-import.run" });
}

/** Takes back the records that nobody has touched since. @throws Conflict `stale`; Precondition `import.step`; NotFound */
export function undoImport(ctx: ClinicContext, ref: z.output<typeof importVersionRef>): Promise<{ version: number }> {
  return step(ctx, ref, { from: ["done"], to: "undoing", event: "patient-import.undone" });
}

async function step(
  ctx: ClinicContext,
  { id, version }: { id: string; version: number },
  { from, to, event }: Step,
  what: Partial<Omit<CheckImportInput, "id" | "version">> = {},
): Promise<{ version: number }> {
  requirePermission(ctx, "patient:import");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const before = await db.patientImport.findFirst({
      where: { clinicId, id },
      select: { status: true, version: true, lastUpdated: true },
    });
    if (!before) throw notFound();
    if (!from.includes(before.status)) throw precondition("import.step");
    const { count } = await db.patientImport.updateMany({
      where: { clinicId, id, version },
      data: { ...what, status: to, done: 0, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, before);
    await enqueue(db, importLines, { importId: id }, { clinicId });
    await recordAudit(db, ctx, { event, action: "E", entity: "PatientImport", entityIds: [id] });
    return { version: version + 1 };
  });
}
