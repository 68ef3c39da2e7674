import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { checkRecipient } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { checkFocus } from "./check-focus.ts";
import { awaitOpening, planEscalation } from "./plan-escalation.ts";
import { type AddTaskInput, clinicalFocus } from "./schema.ts";
import { ownedBy, repeatColumns } from "./task-columns.ts";

/**
 * Something to do. One's own is opened already; another's waits to be, and is told to somebody else when it is not. Sent twice with one id, it is
 * one task. @throws NotFound; Invalid for an owner who could not read it; Precondition for a record opened by mistake
 */
export async function addTask(ctx: ClinicContext, input: AddTaskInput): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const { id, patientId, focus, title, detail, dueOn, priority, repeat, escalateAfterDays } = input;
  // What leads into a chart is of care, whatever the screen said.
  const clinical = input.clinical || clinicalFocus.some((kind) => kind === focus?.kind);
  return withStaff(ctx, async (db) => {
    const there = await db.task.findFirst({ where: { clinicId, id }, select: { version: true } });
    if (there) return { id, version: there.version };
    if (clinical && !ctx.membership.permissions.has("chart:read"))
      throw invalid("task.readsNoChart", { clinical: "task.readsNoChart" });
    if (patientId) await requireLivePatient(db, ctx, patientId);
    if (focus) await checkFocus(db, ctx, focus, patientId);
    const owner = await checkRecipient(db, ctx, input.owner, { clinical, field: "owner" });
    const mine = owner === `user:${ctx.user.id}`;
    const planned = mine ? undefined : await planEscalation(db, ctx, { ...input, owner, clinical });
    await db.task.createMany({
      data: {
        clinicId,
        id,
        patientId,
        authorId: ctx.user.id,
        clinical,
        title,
        detail,
        priority,
        dueOn: dueOn ? new Date(dueOn) : null,
        ...ownedBy(owner),
        focusKind: focus?.kind ?? null,
        focusId: focus?.id ?? null,
        ...repeatColumns(repeat, dueOn),
        escalateAfterDays,
        ...planned,
        ...(mine && { status: "accepted", openedAt: new Date(), openedBy: ctx.user.id }),
      },
    });
    if (planned) await awaitOpening(db, clinicId, id, planned);
    await recordAudit(db, ctx, {
      event: "task.added",
      action: "C",
      entity: "Task",
      entityIds: [id],
      ...(patientId && { patientId }),
      ground: groundOf(ctx),
      detail: { owner, ...(focus && { focus: focus.kind, focusId: focus.id }) },
    });
    return { id, version: 1 };
  });
}
