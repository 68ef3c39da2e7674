import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { recipientOf } from "#server/membership/recipient-schema.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { nextDue } from "./next-due.ts";
import { awaitOpening, planEscalation } from "./plan-escalation.ts";
import { refuseTask } from "./refuse-task.ts";
import type { CompleteTaskInput, RepeatUnit } from "./schema.ts";
import { toDay } from "./task-columns.ts";

export interface Completed {
  readonly id: string;
  readonly version: number;
  /** The next one of its row, `YYYY-MM-DD`; null for one that does not come back. */
  readonly nextDueOn: string | null;
}

/**
 * Done. One that comes back leaves the next in the same transaction, once: pressed twice by the same person it answers the same, and whoever
 * presses in another tab finds it done. @throws Conflict `stale` when somebody else was first; NotFound;
 * Precondition `chart.reasonNeeded` for whoever may not read it (clinic.require_task_ground)
 */
export async function completeTask(
  ctx: ClinicContext,
  { id, version, outcome }: CompleteTaskInput,
): Promise<Completed> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const now = new Date();
    // Held from here on: whoever presses in the same moment waits, and finds it done.
    await db.$queryRaw`select from clinic.task t where t.clinic_id = ${clinicId}::uuid and t.id = ${id}::uuid for update`;
    const task = await db.task.findFirst({ where: { clinicId, id } });
    if (task?.status === "completed" && task.closedBy === ctx.user.id && task.version === version + 1)
      return { id, version: task.version, nextDueOn: await dueOf(db, clinicId, task.nextId) };
    if (!task || task.version !== version || task.closedAt) throw await refuseTask(db, ctx, id);
    const next = await follow(db, ctx, task, now);
    const { count } = await db.task.updateMany({
      where: { clinicId, id, version, closedAt: null },
      data: {
        status: "completed",
        closedAt: now,
        closedBy: ctx.user.id,
        outcome,
        escalatesAt: null,
        nextId: next?.id ?? null,
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseTask(db, ctx, id);
    await recordAudit(db, ctx, {
      event: "task.completed",
      action: "U",
      entity: "Task",
      entityIds: next ? [id, next.id] : [id],
      ...(task.patientId && { patientId: task.patientId }),
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { id, version: version + 1, nextDueOn: next?.dueOn ?? null };
  });
}

async function dueOf(db: Db, clinicId: string, id: string | null): Promise<string | null> {
  const next = id && (await db.task.findFirst({ where: { clinicId, id }, select: { dueOn: true } }));
  return next ? toDay(next.dueOn) : null;
}

type Row = NonNullable<Awaited<ReturnType<Db["task"]["findFirst"]>>>;

/** The next one of the row, like the one that was done: for whoever it was for, of whoever began it. */
async function follow(
  db: Db,
  ctx: ClinicContext,
  task: Row,
  now: Date,
): Promise<{ id: string; dueOn: string } | undefined> {
  const [due, from] = [toDay(task.dueOn), toDay(task.repeatFrom)];
  if (!task.repeatUnit || !task.repeatEvery || !due || !from) return;
  const row = { from, every: task.repeatEvery, unit: task.repeatUnit as RepeatUnit, until: toDay(task.repeatUntil) };
  const dueOn = nextDue(row, due, todayIn(ctx.clinic.timeZone, now));
  if (!dueOn) return;
  const id = newId();
  const { clinicId, owner, clinical } = task;
  // Whoever has just done theirs knows of the next; another's waits for its day, and then to be opened.
  const mine = owner === `user:${ctx.user.id}`;
  const asked = {
    owner,
    clinical,
    escalateAfterDays: task.escalateAfterDays,
    escalatesTo: (task.escalatesTo && recipientOf(task.escalatesTo)) || null,
  };
  const planned = mine ? undefined : await planStill(db, ctx, asked, new Date(`${dueOn}T12:00:00Z`));
  await db.task.createMany({
    data: {
      clinicId,
      id,
      patientId: task.patientId,
      authorId: task.authorId,
      clinical,
      title: task.title,
      detail: task.detail,
      priority: task.priority,
      owner,
      ownerId: task.ownerId,
      dueOn: new Date(dueOn),
      focusKind: task.focusKind,
      focusId: task.focusId,
      repeatUnit: task.repeatUnit,
      repeatEvery: task.repeatEvery,
      repeatFrom: task.repeatFrom,
      repeatUntil: task.repeatUntil,
      escalateAfterDays: task.escalateAfterDays,
      ...planned,
      ...(mine && { status: "accepted", openedAt: now, openedBy: ctx.user.id }),
    },
  });
  if (planned) await awaitOpening(db, clinicId, id, planned);
  return { id, dueOn };
}

/** Whoever was to be told may have left since: the row goes on, and somebody else is. */
async function planStill(db: Db, ctx: ClinicContext, asked: Parameters<typeof planEscalation>[2], from: Date) {
  try {
    return await planEscalation(db, ctx, asked, from);
  } catch {
    return planEscalation(db, ctx, { ...asked, escalatesTo: null }, from);
  }
}
