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

async function isTold(db: Db, ctx: ClinicContext, entry: Omit<AuditEntry, "action">): Promise<boolean> {
  const told = await db.auditEvent.findFirst({
    where: {
      clinicId: ctx.clinic.id,
      agentId: ctx.user.id,
      id: { gte: lowestId(Date.now() - FOLDED_FOR_MS) },
      sessionId: ctx.session.id,
      event: entry.event,
      action: "R",
      outcome: entry.outcome ?? "success",
      patientId: entry.patientId ?? null,
      ground: entry.ground ?? "administration",
      entityIds: { equals: [...(entry.entityIds ?? [])] },
    },
    select: { id: true },
  });
  return told !== null;
}
