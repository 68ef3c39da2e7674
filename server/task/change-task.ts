import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { checkRecipient } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import { giveTo } from "./give-to.ts";
import { refuseTask } from "./refuse-task.ts";
import { type ChangeTaskInput, clinicalFocus } from "./schema.ts";
import { repeatColumns, toDay } from "./task-columns.ts";

/**
 * An open task in other words, for another day or another person: given to somebody else, it is unopened again.
 * @throws Conflict `stale`; NotFound; Invalid; Precondition `chart.reasonNeeded` for whoever may not read it (clinic.require_task_ground)
 */
export async function changeTask(ctx: ClinicContext, input: ChangeTaskInput): Promise<{ version: number }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const { id, version, title, detail, priority, dueOn, repeat, escalateAfterDays } = input;
  return withStaff(ctx, async (db) => {
    const where = { clinicId, id, version, closedAt: null };
    const before = await db.task.findFirst({ where });
    if (!before) throw await refuseTask(db, ctx, id);
    const clinical = input.clinical || clinicalFocus.some((kind) => kind === before.focusKind);
    if (clinical && !ctx.membership.permissions.has("chart:read"))
      throw invalid("task.readsNoChart", { clinical: "task.readsNoChart" });
    const owner = await checkRecipient(db, ctx, input.owner, { clinical, field: "owner" });
    const given = await giveTo(db, ctx, before, { owner, clinical, escalateAfterDays, escalatesTo: input.escalatesTo });
    // The row goes on from its first day as long as neither its day nor its pace was changed.
    const goesOn =
      toDay(before.dueOn) === dueOn && before.repeatUnit === repeat?.unit && before.repeatEvery === repeat?.every;
    const { count } = await db.task.updateMany({
      where,
      data: {
        title,
        detail,
        priority,
        clinical,
        dueOn: dueOn ? new Date(dueOn) : null,
        ...repeatColumns(repeat, goesOn ? toDay(before.repeatFrom) : dueOn),
        escalateAfterDays,
        ...given,
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseTask(db, ctx, id);
    await recordAudit(db, ctx, {
      event: "task.changed",
      action: "U",
      entity: "Task",
      entityIds: [id],
      ...(before.patientId && { patientId: before.patientId }),
      ground: groundOf(ctx),
      detail: { version: version + 1, ...(owner !== before.owner && { owner }) },
    });
    return { version: version + 1 };
  });
}
