import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { journalColumns } from "./journal-columns.ts";
import { readAuditPage } from "./read-audit-page.ts";
import { recordAudit } from "./record-audit.ts";
import type { AuditFilter } from "./schema.ts";
import { toCsv } from "./to-csv.ts";

const PAGE = 500;
const NOTHING_BEFORE = "00000000-0000-0000-0000-000000000000";
/** Without it, Excel takes UTF-8 for something else and « é » for two letters. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * The clinic's journal as CSV, oldest first, as it stood when it was asked for. Flows page by page, each in a transaction of its
 * own, so that a large export holds neither memory nor a transaction. **The export is journaled before its first line**; a
 * member who was removed meanwhile gets no further page.
 * @throws Forbidden, before anything is written
 */
export async function* exportJournal(ctx: ClinicContext, filter: AuditFilter): AsyncGenerator<string> {
  requirePermission(ctx, "audit:export");
  const until = newId();
  await withStaff(ctx, (db) => {
    const { patientId, ...detail } = filter;
    return recordAudit(db, ctx, { event: "journal.exported", action: "E", entity: "AuditEvent", patientId, detail });
  });
  yield BYTE_ORDER_MARK + toCsv(ctx, [journalColumns.map(({ head }) => head[ctx.locale])]);
  for (let after = NOTHING_BEFORE; ; ) {
    const events = await withStaff(ctx, (db) => readAuditPage(db, ctx, filter, { after, until }, PAGE));
    if (events.length > 0) {
      const cells = events.map((event) =>
        journalColumns.map(({ cell }) => cell(event, ctx.locale, ctx.clinic.timeZone)),
      );
      yield toCsv(ctx, cells);
    }
    after = events.at(-1)?.id ?? after;
    if (events.length < PAGE) return;
  }
}
