import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readAuditPage } from "./read-audit-page.ts";
import type { AuditEventPage } from "./record.ts";
import { recordRead } from "./record-read.ts";
import type { ListAuditEventsInput } from "./schema.ts";

/** A page of the clinic's journal, newest first. Looking is itself a line of it, with what was looked for. */
export async function listAuditEvents(ctx: ClinicContext, input: ListAuditEventsInput): Promise<AuditEventPage> {
  requirePermission(ctx, "audit:read");
  return readPage(ctx, input, "journal.read");
}

export function readPage(
  ctx: ClinicContext,
  { before, limit, refresh, ...filter }: ListAuditEventsInput,
  event: "journal.read" | "journal.read-own",
): Promise<AuditEventPage> {
  return withStaff(ctx, async (db) => {
    const found = await readAuditPage(db, ctx, filter, { before }, limit + 1);
    const events = found.slice(0, limit);
    const { patientId, ...detail } = filter;
    await recordRead(db, ctx, { event, entity: "AuditEvent", patientId, detail: { ...detail } }, { refresh });
    return { events, next: found.length > limit ? (events.at(-1)?.id ?? null) : null };
  });
}
