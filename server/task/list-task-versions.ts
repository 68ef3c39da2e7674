import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { TaskStatus } from "./schema.ts";

/** What a task said before, until when, and who replaced it. */
export interface TaskVersion {
  readonly version: number;
  readonly validUntil: Date;
  /** "" for the program, which tells of what nobody opened. */
  readonly replacedBy: string;
  readonly title: string;
  readonly status: TaskStatus;
  readonly owner: string;
  readonly ownerName: string | null;
  readonly dueOn: string | null;
}

const most = 100;

/**
 * Earlier versions of a task, the newest first, a hundred at most: for whoever gives care, as all earlier versions.
 * @throws NotFound; Precondition `chart.reasonNeeded` for those of somebody else's task, of care, without a ground
 */
export async function listTaskVersions(ctx: ClinicContext, { id }: { id: string }): Promise<TaskVersion[]> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    // It may say nothing of care today and have done so before: what it said is asked for like what it says.
    const [task] = await db.$queryRaw<{ patientId: string | null }[]>`
      select t.patient_id as "patientId",
        case when not clinic.in_charge_of(t) and (t.clinical or exists (select from clinic.record_version v
          where v.clinic_id = t.clinic_id and v.entity = 'task' and v.entity_id = t.id and v.content ->> 'clinical' = 'true'))
        then clinic.grounded(t.patient_id) end
      from clinic.task t where t.clinic_id = ${clinicId}::uuid and t.id = ${id}::uuid`;
    if (!task) throw notFound();
    const versions = await db.$queryRaw<TaskVersion[]>`
      select v.version, v.valid_until as "validUntil", coalesce(m.display_name, '') as "replacedBy", v.content ->> 'title' as title,
        v.content ->> 'status' as status, v.content ->> 'owner' as owner, o.display_name as "ownerName", v.content ->> 'due_on' as "dueOn"
      from clinic.record_version v
      left join identity.membership m on m.clinic_id = v.clinic_id and m.user_id = v.replaced_by
      left join identity.membership o on o.clinic_id = v.clinic_id and o.user_id = (v.content ->> 'owner_id')::uuid
      where v.clinic_id = ${clinicId}::uuid and v.entity = 'task' and v.entity_id = ${id}::uuid
      order by v.version desc limit ${most}`;
    await recordAudit(db, ctx, {
      event: "task.versions-read",
      action: "R",
      entity: "Task",
      entityIds: [id],
      ...(task.patientId && { patientId: task.patientId }),
      ground: groundOf(ctx),
    });
    return versions;
  });
}
