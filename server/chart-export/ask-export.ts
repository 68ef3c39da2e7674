import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { makeChartExport } from "./jobs.ts";
import { type BeginExportInput, type ChartOptions, keptDays } from "./schema.ts";
import { isStillOpen } from "./still-open.ts";

/** How a file stands. Instants are ISO 8601. */
export interface ExportView {
  readonly id: string;
  readonly status: "queued" | "running" | "done" | "failed" | "cancelled" | "expired";
  readonly steps: number;
  readonly done: number;
  readonly pages: number | null;
  /** Documents that are listed and not appended, or not in full. */
  readonly leftOut: number;
  /** Something that it holds was taken out of the chart, declared an error or closed since: it goes nowhere, and another is made. */
  readonly closed: boolean;
  readonly sizeBytes: number | null;
  readonly language: "fr" | "en";
  /** What it was asked for, to ask for it again. */
  readonly options: ChartOptions;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * Asks for a patient's whole chart as one file: a job makes it, seeing what this person sees. Pressed twice, one is made.
 * @throws NotFound; Precondition `chartExport.underWay` while another of this person's is being made
 */
export async function beginExport(ctx: ClinicContext, input: BeginExportInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const { id, patientId, language, ...options } = input;
  return withStaff(ctx, async (db) => {
    await requireLivePatient(db, ctx, patientId);
    const mine = { clinicId, authorId: ctx.user.id };
    if (await db.chartExport.findFirst({ where: { ...mine, id, patientId }, select: { id: true } })) return { id };
    // One at a time, also from two windows in the same moment: the second waits here, and then finds the first under way.
    await db.$queryRaw`select pg_advisory_xact_lock(hashtextextended('chevet chart export ' || ${clinicId} || ${ctx.user.id}, 0))::text`;
    const underWay = await db.chartExport.findFirst({
      where: { ...mine, status: { in: ["queued", "running"] }, createdAt: { gt: new Date(Date.now() - 3_600_000) } },
      select: { id: true },
    });
    if (underWay) throw precondition("chartExport.underWay");
    await db.chartExport.createMany({
      data: {
        ...mine,
        id,
        patientId,
        authorRole: ctx.membership.role,
        options,
        language,
        expiresAt: new Date(Date.now() + keptDays * 86_400_000),
      },
    });
    await enqueue(db, makeChartExport, { exportId: id, userId: ctx.user.id }, { clinicId });
    await recordAudit(db, ctx, {
      event: "chart-export.asked",
      action: "E",
      entity: "ChartExport",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { ...options, language },
    });
    return { id };
  });
}

/** Stops one that is being made. What was made of it is thrown away. @throws NotFound; Precondition `chartExport.over` */
export async function cancelExport(ctx: ClinicContext, { id }: { id: string }): Promise<void> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    const one = await db.chartExport.findFirst({ where: { clinicId, id }, select: { patientId: true, status: true } });
    if (!one) throw notFound();
    if (one.status === "cancelled") return;
    const { count } = await db.chartExport.updateMany({
      where: { clinicId, id, status: { in: ["queued", "running"] } },
      data: { status: "cancelled", settledAt: new Date() },
    });
    if (count === 0) throw precondition("chartExport.over");
    await recordAudit(db, ctx, {
      event: "chart-export.cancelled",
      action: "U",
      entity: "ChartExport",
      entityIds: [id],
      patientId: one.patientId,
      ground: groundOf(ctx),
    });
  });
}

/** One's own files of a chart, the latest first; at most ten. Nothing of the chart is in them: reading is not journaled. */
export function listExports(ctx: ClinicContext, { patientId }: { patientId: string }): Promise<ExportView[]> {
  requirePermission(ctx, "chart:read");
  return withStaff(ctx, (db) => readExports(db, ctx, patientId));
}

function readExports(db: Db, ctx: ClinicContext, patientId: string): Promise<ExportView[]> {
  return db.$queryRaw<ExportView[]>`
    select e.id, case when e.status = 'done' and e.expires_at < now() then 'expired' else e.status end as status, e.steps, e.done, e.pages,
      e.left_out as "leftOut", e.status = 'done' and e.expires_at > now() and not (${isStillOpen}) as closed, e.size_bytes::float8 as "sizeBytes", e.language, e.options, to_jsonb(e.created_at) #>> '{}' as "createdAt", to_jsonb(e.expires_at) #>> '{}' as "expiresAt"
    from clinic.chart_export e
    where e.clinic_id = ${ctx.clinic.id}::uuid and e.patient_id = ${patientId}::uuid and e.author_id = ${ctx.user.id}::uuid
    order by e.id desc limit 10`;
}

export interface ExportFile {
  readonly id: string;
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/** Whether it still is this chart, as this person may see it. */
export async function isOpenStill(db: Db, clinicId: string, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<object[]>`
    select 1 from clinic.chart_export e where e.clinic_id = ${clinicId}::uuid and e.id = ${id}::uuid and ${isStillOpen}`;
  return rows.length > 0;
}

/**
 * Decides that this person may have the file that they asked for, and writes it in the journal.
 * @throws NotFound, also when its days are over; Precondition `chartExport.closed` when something that it holds was taken out of the chart or closed since
 */
export async function fetchExport(ctx: ClinicContext, id: string): Promise<ExportFile> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const row = await db.chartExport.findFirst({
      where: { clinicId, id, authorId: ctx.user.id, status: "done", expiresAt: { gt: new Date() } },
      select: { patientId: true, sizeBytes: true, fileRef: { select: { id: true, objectKey: true } } },
    });
    if (!row?.fileRef) throw notFound();
    if (!(await isOpenStill(db, clinicId, id))) throw precondition("chartExport.closed");
    await recordAudit(db, ctx, {
      event: "chart-export.downloaded",
      action: "R",
      entity: "ChartExport",
      entityIds: [id],
      patientId: row.patientId,
      ground: groundOf(ctx),
    });
    return { ...row.fileRef, sizeBytes: Number(row.sizeBytes), mediaType: "application/pdf" };
  });
}
