import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { lowestId } from "./lowest-id.ts";
import { type AuditEntry, recordAudit } from "./record-audit.ts";

/** A view left open is told again after this long. */
const FOLDED_FOR_MS = 60 * 60 * 1000;

/**
 * A line for something that was opened or listed: one per opening, one per list with the ids it showed. When the view only
 * refreshes itself and shows the same, the line that the same session wrote already stands for it. What it shows anew is told:
 * saying "refresh" hides nothing.
 * @throws Precondition `chart.reasonNeeded` for a chart of which the reader has no ground any more
 */
export async function recordRead(
  db: Db,
  ctx: ClinicContext,
  entry: Omit<AuditEntry, "action">,
  { refresh }: { refresh: boolean },
): Promise<void> {
  if (refresh && (await isTold(db, ctx, entry))) return;
  await recordAudit(db, ctx, { ...entry, action: "R" });
}

/** @throws Precondition `chart.reasonNeeded` when the line is of a chart's care, and the ground on which it was written has ended since */
async function isTold(db: Db, ctx: ClinicContext, entry: Omit<AuditEntry, "action">): Promise<boolean> {
  const { event, outcome = "success", patientId = null, ground = "administration", entityIds = [], detail } = entry;
  // Of whom more was not shown than who they are: those too are told once they are others.
  const withheld = JSON.stringify(detail?.withheld ?? []);
  // The journal asks whoever writes a line for their ground; whoever writes none is asked here, in the same statement.
  const told = await db.$queryRaw<unknown[]>`
    select case when e.patient_id is not null and clinic.is_of_care(e.event) then clinic.grounded(e.patient_id) end
    from (
      select e.event, e.patient_id from clinic.audit_event e
      where e.clinic_id = ${ctx.clinic.id}::uuid and e.agent_id = ${ctx.user.id}::uuid and e.id >= ${lowestId(Date.now() - FOLDED_FOR_MS)}::uuid
        and e.session_id = ${ctx.session.id}::uuid and e.event = ${event} and e.action = 'R' and e.outcome = ${outcome}
        and e.patient_id is not distinct from ${patientId}::uuid and e.ground = ${ground} and e.entity_ids = ${[...entityIds]}::uuid[]
        and coalesce(e.detail -> 'withheld', '[]') = ${withheld}::jsonb
      limit 1) e`;
  return told.length > 0;
}
