import { isIP } from "node:net";
import type { HostContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";

/** What an operator decides with the console: a closed list, each with its sentence there (a replayed job keeps its own trace). */
export type HostEventName = "settings.changed" | "clinic.approved" | "clinic.suspended" | "clinic.reinstated";

interface HostEvent {
  readonly event: HostEventName;
  readonly clinicId?: string;
  /** ids, versions and closed words only. */
  readonly detail?: Record<string, string | number | readonly string[]>;
}

/** One line of the host's own record, in the caller's transaction as host: a decision and its trace stand or fall together. */
export async function recordHostEvent(db: Db, ctx: HostContext, { event, clinicId, detail }: HostEvent): Promise<void> {
  await db.hostAuditEvent.createMany({
    data: {
      id: newId(),
      event,
      operatorId: ctx.user.id,
      clinicId: clinicId ?? null,
      requestId: ctx.requestId,
      address: isIP(ctx.origin.address) === 0 ? null : ctx.origin.address,
      detail: { ...detail },
    },
  });
}
