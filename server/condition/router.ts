import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addCondition } from "./add-condition.ts";
import { changeCondition } from "./change-condition.ts";
import { orderConditions } from "./order-conditions.ts";
import { addConditionInput, changeConditionInput, orderConditionsInput } from "./schema.ts";

export const conditionRouter = t.router({
  add: clinicProcedure("chart:write")
    .input(addConditionInput)
    .mutation(({ ctx, input }) => addCondition(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeConditionInput)
    .mutation(({ ctx, input }) => changeCondition(ctx, input)),
  order: clinicProcedure("chart:write")
    .input(orderConditionsInput)
    .mutation(({ ctx, input }) => orderConditions(ctx, input)),
});
