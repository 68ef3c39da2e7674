import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addAttempt } from "./add-attempt.ts";
import { addRecall } from "./add-recall.ts";
import { changeRecall } from "./change-recall.ts";
import { closeRecall } from "./close-recall.ts";
import { listRecalls } from "./list-recalls.ts";
import { addAttemptInput, addRecallInput, changeRecallInput, closeRecallInput, listRecallsInput } from "./schema.ts";

export const recallRouter = t.router({
  list: clinicProcedure("appointment:read")
    .input(listRecallsInput)
    .query(({ ctx, input }) => listRecalls(ctx, input)),
  add: clinicProcedure("appointment:write")
    .input(addRecallInput)
    .mutation(({ ctx, input }) => addRecall(ctx, input)),
  change: clinicProcedure("appointment:write")
    .input(changeRecallInput)
    .mutation(({ ctx, input }) => changeRecall(ctx, input)),
  close: clinicProcedure("appointment:write")
    .input(closeRecallInput)
    .mutation(({ ctx, input }) => closeRecall(ctx, input)),
  attempt: clinicProcedure("appointment:write")
    .input(addAttemptInput)
    .mutation(({ ctx, input }) => addAttempt(ctx, input)),
});
