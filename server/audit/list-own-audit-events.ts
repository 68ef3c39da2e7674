import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readPage } from "./list-audit-events.ts";
import type { AuditEventPage } from "./record.ts";
import type { ListOwnAuditEventsInput } from "./schema.ts";

/** A member's own gestures in this clinic: what the journal says of me, I may read. */
export async function listOwnAuditEvents(ctx: ClinicContext, input: ListOwnAuditEventsInput): Promise<AuditEventPage> {
  requirePermission(ctx, "audit:own");
  return readPage(ctx, { ...input, agentId: ctx.user.id }, "journal.read-own");
}
