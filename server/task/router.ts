import { listRecipients } from "#server/membership/list-recipients.ts";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addTask } from "./add-task.ts";
import { cancelTask } from "./cancel-task.ts";
import { changeTask } from "./change-task.ts";
import { changeTaskPolicy } from "./change-task-policy.ts";
import { completeTask } from "./complete-task.ts";
import { completeTasks } from "./complete-tasks.ts";
import { countTasks } from "./count-tasks.ts";
import { listTaskVersions } from "./list-task-versions.ts";
import { listTasks } from "./list-tasks.ts";
import { openTask } from "./open-task.ts";
import { readTask } from "./read-task.ts";
import { readTaskPolicy } from "./read-task-policy.ts";
import { reassignTasks } from "./reassign-tasks.ts";
import { reopenTask } from "./reopen-task.ts";
import {
  addTaskInput,
  cancelTaskInput,
  changeTaskInput,
  changeTaskPolicyInput,
  completeTaskInput,
  completeTasksInput,
  listTasksInput,
  reassignTasksInput,
  reopenTaskInput,
  taskInput,
} from "./schema.ts";

const use = () => clinicProcedure("task:use");

export const taskRouter = t.router({
  recipients: use().query(({ ctx }) => listRecipients(ctx)),
  count: use().query(({ ctx }) => countTasks(ctx)),
  list: use()
    .input(listTasksInput)
    .query(({ ctx, input }) => listTasks(ctx, input)),
  read: use()
    .input(taskInput)
    .query(({ ctx, input }) => readTask(ctx, input)),
  versions: clinicProcedure("chart:read")
    .input(taskInput)
    .query(({ ctx, input }) => listTaskVersions(ctx, input)),
  add: use()
    .input(addTaskInput)
    .mutation(({ ctx, input }) => addTask(ctx, input)),
  change: use()
    .input(changeTaskInput)
    .mutation(({ ctx, input }) => changeTask(ctx, input)),
  open: use()
    .input(taskInput)
    .mutation(({ ctx, input }) => openTask(ctx, input)),
  complete: use()
    .input(completeTaskInput)
    .mutation(({ ctx, input }) => completeTask(ctx, input)),
  completeMany: use()
    .input(completeTasksInput)
    .mutation(({ ctx, input }) => completeTasks(ctx, input)),
  cancel: use()
    .input(cancelTaskInput)
    .mutation(({ ctx, input }) => cancelTask(ctx, input)),
  reopen: use()
    .input(reopenTaskInput)
    .mutation(({ ctx, input }) => reopenTask(ctx, input)),
  reassign: use()
    .input(reassignTasksInput)
    .mutation(({ ctx, input }) => reassignTasks(ctx, input)),
  policy: use().query(({ ctx }) => readTaskPolicy(ctx)),
  changePolicy: clinicProcedure("clinic:manage")
    .input(changeTaskPolicyInput)
    .mutation(({ ctx, input }) => changeTaskPolicy(ctx, input)),
});
