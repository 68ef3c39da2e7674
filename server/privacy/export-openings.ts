import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { byteOrderMark, toCsv } from "#server/audit/to-csv.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { openingColumns } from "./opening-columns.ts";
import { readOpenings } from "./read-openings.ts";
import type { OpeningFilter } from "./schema.ts";

const pageSize = 200;
const nothingBefore = "00000000-0000-0000-0000-000000000000";

/**
 * Openings as CSV, oldest first, as they stood when they were asked for: with `patientId`, the report that a patient is given of who
 * opened their chart (AC-24). Flows page by page, each in a transaction of its own. **The export is journaled before its first line.**
 * @throws Forbidden, before anything is written
 */
export async function* exportOpenings(ctx: ClinicContext, filter: OpeningFilter): AsyncGenerator<string> {
  requirePermission(ctx, "privacy:manage");
  const until = newId();
  const { patientId, ...detail } = filter;
  await withStaff(ctx, (db) =>
    recordAudit(db, ctx, { event: "privacy.openings-exported", action: "E", entity: "AuditEvent", patientId, detail }),
  );
  yield byteOrderMark + toCsv(ctx.locale, [openingColumns.map(({ head }) => head[ctx.locale])]);
  for (let after = nothingBefore; ; ) {
    const rows = await withStaff(ctx, (db) => readOpenings(db, ctx, filter, { after, until }, pageSize));
    const cells = rows.map((row) => openingColumns.map(({ cell }) => cell(row, ctx.locale, ctx.clinic.timeZone)));
    if (rows.length > 0) yield toCsv(ctx.locale, cells);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < pageSize) return;
  }
}
