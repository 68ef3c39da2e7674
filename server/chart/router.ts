import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { openChart } from "./open-chart.ts";
import { sayReason } from "./say-reason.ts";
import { openChartInput, sayReasonInput } from "./schema.ts";

export const chartRouter = t.router({
  open: clinicProcedure("patient:read")
    .input(openChartInput)
    .query(({ ctx, input }) => openChart(ctx, input)),
  sayReason: clinicProcedure("chart:read")
    .input(sayReasonInput)
    .mutation(({ ctx, input }) => sayReason(ctx, input)),
});
