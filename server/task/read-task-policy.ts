import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { defaultEscalateAfterDays } from "./plan-escalation.ts";

export interface TaskPolicyView {
  readonly escalateAfterDays: number;
  /** `user:<id>`, `role:<role>`, `profession:<code>`; null: whoever runs the clinic. */
  readonly escalatesTo: string | null;
  /** 0 until somebody decides. */
  readonly version: number;
}

/** After how long an unopened task is told to somebody else, and to whom. */
export async function readTaskPolicy(ctx: ClinicContext): Promise<TaskPolicyView> {
  requirePermission(ctx, "task:use");
  const policy = await withStaff(ctx, (db) =>
    db.taskPolicy.findFirst({
      where: { clinicId: ctx.clinic.id },
      select: { escalateAfterDays: true, escalatesTo: true, version: true },
    }),
  );
  return policy ?? { escalateAfterDays: defaultEscalateAfterDays, escalatesTo: null, version: 0 };
}
