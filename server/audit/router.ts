import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listAuditAgents } from "./list-audit-agents.ts";
import { listAuditEvents } from "./list-audit-events.ts";
import { listOwnAuditEvents } from "./list-own-audit-events.ts";
import { listAuditEventsInput, listOwnAuditEventsInput } from "./schema.ts";

export const auditRouter = t.router({
  list: clinicProcedure("audit:read")
    .input(listAuditEventsInput)
    .query(({ ctx, input }) => listAuditEvents(ctx, input)),
  listOwn: clinicProcedure("audit:own")
    .input(listOwnAuditEventsInput)
    .query(({ ctx, input }) => listOwnAuditEvents(ctx, input)),
  agents: clinicProcedure("audit:read").query(({ ctx }) => listAuditAgents(ctx)),
});
