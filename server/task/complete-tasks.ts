import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { type Completed, completeTask } from "./complete-task.ts";
import type { CompleteTasksInput } from "./schema.ts";

/** Several done at once. What somebody changed meanwhile is left as it is, and said. @throws NotFound for one that is not there */
export async function completeTasks(
  ctx: ClinicContext,
  { items, outcome }: CompleteTasksInput,
): Promise<{ done: Completed[]; left: string[] }> {
  requirePermission(ctx, "task:use");
  const done: Completed[] = [];
  const left: string[] = [];
  // In one order whoever asks: two who press together wait for each other once, and never for ever.
  const inOrder = [...items].sort((one, other) => one.id.localeCompare(other.id));
  return withStaff(ctx, async () => {
    for (const item of inOrder) {
      try {
        done.push(await completeTask(ctx, { ...item, outcome }));
      } catch (error) {
        if (!(error instanceof DomainError && error.code === "Conflict")) throw error;
        left.push(item.id);
      }
    }
    return { done, left };
  });
}
