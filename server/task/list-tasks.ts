import { requirePermission } from "#server/access/require-permission.ts";
import { readOf } from "#server/audit/read-of.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { type TaskLine, taskColumns, taskTables } from "./record.ts";
import type { ListTasksInput } from "./schema.ts";

export interface TaskPage {
  readonly rows: TaskLine[];
  readonly after: string | null;
  /** `YYYY-MM-DD` in the clinic: what is late is late by this day. */
  readonly today: string;
}

/** What has no day comes after all that have one. */
const dueKey = sql`coalesce(t.due_on, date '2999-12-31')`;

/**
 * A page of tasks, what is due first (of those that are closed, the latest first). Those of a chart for which the reader has no ground are
 * there without their words. One statement, and the line of the journal, which says which were withheld.
 */
export async function listTasks(
  ctx: ClinicContext,
  { list, patientId, cursor, most, refresh }: ListTasksInput,
): Promise<TaskPage> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const today = todayIn(ctx.clinic.timeZone);
  const [mine, ...others] = recipientKeys(ctx);
  const keys = [mine ?? "", ...others];
  const those: Readonly<Record<ListTasksInput["list"], Sql>> = {
    mine: sql`t.closed_at is null and (t.owner = ${mine} or (t.escalated_at is not null and t.escalates_to = any(${keys}::text[])))`,
    forMe: sql`t.closed_at is null and (t.owner = any(${keys}::text[]) or (t.escalated_at is not null and t.escalates_to = any(${keys}::text[])))`,
    role: sql`t.closed_at is null and t.owner = any(${others}::text[])`,
    all: sql`t.closed_at is null`,
    late: sql`t.closed_at is null and t.due_on < ${today}::date`,
    orphaned: sql`t.closed_at is null and t.owner_id is not null and not exists (
      select from identity.membership w where w.clinic_id = t.clinic_id and w.user_id = t.owner_id and w.status = 'active')`,
    closed: sql`t.closed_at is not null`,
  };
  const from = cursor ?? null;
  const [order, after] =
    list === "closed"
      ? [
          sql`t.closed_at desc, t.id desc`,
          sql`(t.closed_at, t.id) < (select t.closed_at, t.id from clinic.task t where t.clinic_id = ${clinicId}::uuid and t.id = ${from}::uuid)`,
        ]
      : [
          sql`${dueKey}, t.id`,
          sql`(${dueKey}, t.id) > (select ${dueKey}, t.id from clinic.task t where t.clinic_id = ${clinicId}::uuid and t.id = ${from}::uuid)`,
        ];
  const paged = sql`
      select t.clinic_id, t.id from clinic.task t
      where t.clinic_id = ${clinicId}::uuid and ${those[list]} and (${patientId}::uuid is null or t.patient_id = ${patientId}::uuid)
        and (${from}::uuid is null or ${after})
      order by ${order} limit ${most + 1}`;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<TaskLine[]>`select ${taskColumns} from ${taskTables(paged)} order by ${order}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "task.listed",
        entity: "Task",
        ...readOf(page),
        ...(patientId && { patientId }),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null, today };
  });
}
