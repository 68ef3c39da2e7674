import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { todayIn } from "#server/patient/today.ts";

/** Above this, « 99+ » says enough. */
const enough = 100;

/**
 * How many tasks of this person (theirs, their role's, told to them) ask for something today: due today or before, or not opened yet; and how many
 * of them are late. Numbers say nothing of anyone, so nothing is journaled.
 */
export async function countTasks(ctx: ClinicContext): Promise<{ now: number; late: number }> {
  requirePermission(ctx, "task:use");
  const [counts] = await readAsStaff<{ now: number; late: number }>(ctx, {
    name: "chevet_count_tasks",
    // One of a row that comes back is known before its day: it asks for nothing until then.
    text: `select count(*)::int as now, (count(*) filter (where m.due_on < $3::date))::int as late from (
        select t.due_on from clinic.task t where t.clinic_id = $1::uuid and t.closed_at is null
          and (t.owner = any($2::text[]) or (t.escalated_at is not null and t.escalates_to = any($2::text[])))
          and (t.due_on <= $3::date or (t.opened_at is null and (t.repeat_from is null or t.repeat_from = t.due_on)))
        limit ${enough}) m`,
    values: [ctx.clinic.id, recipientKeys(ctx), todayIn(ctx.clinic.timeZone)],
  });
  return counts ?? { now: 0, late: 0 };
}
