import { requirePermission } from "#server/access/require-permission.ts";
import { readOf } from "#server/audit/read-of.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { type TaskLine, taskColumns, taskOf } from "./record.ts";

/** One task, as a link opens it; without its words when it is withheld. @throws NotFound */
export async function readTask(ctx: ClinicContext, { id }: { id: string }): Promise<TaskLine> {
  requirePermission(ctx, "task:use");
  return withStaff(ctx, async (db) => {
    const [task] = await db.$queryRaw<TaskLine[]>`
      select ${taskColumns} from ${taskOf(ctx.clinic.id, id)}`;
    if (!task) throw notFound();
    await recordRead(
      db,
      ctx,
      {
        event: "task.read",
        entity: "Task",
        ...readOf([task]),
        ...(task.patientId && { patientId: task.patientId }),
        ground: groundOf(ctx),
      },
      { refresh: true },
    );
    return task;
  });
}
