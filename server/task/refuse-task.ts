import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import type { DomainError } from "#server/errors.ts";
import { recipientOf } from "#server/membership/recipient-schema.ts";
import { type TaskLine, taskColumns, taskOf } from "./record.ts";

/** Somebody was there first, or it is not there: what a screen is told, with the task as it is now. */
export async function refuseTask(db: Db, ctx: ClinicContext, id: string): Promise<DomainError> {
  const [now] = await db.$queryRaw<TaskLine[]>(sql`select ${taskColumns} from ${taskOf(ctx.clinic.id, id)}`);
  return refuseStale(db, ctx, id, now ? asCard(now) : null);
}

/** As the form holds it, so that both versions can be shown field by field. */
function asCard({ repeatUnit, repeatEvery, repeatUntil, owner, escalatesTo, ...line }: TaskLine) {
  return {
    ...line,
    owner: recipientOf(owner) ?? null,
    escalatesTo: escalatesTo ? (recipientOf(escalatesTo) ?? null) : null,
    repeat: repeatUnit && repeatEvery ? { unit: repeatUnit, every: repeatEvery, until: repeatUntil } : null,
  };
}
