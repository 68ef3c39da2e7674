import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { changeObservation } from "./change-observation.ts";
import { readSeries } from "./read-series.ts";
import { recordObservations } from "./record-observations.ts";
import { changeObservationInput, readSeriesInput, recordObservationsInput } from "./schema.ts";

export const observationRouter = t.router({
  record: clinicProcedure("chart:write")
    .input(recordObservationsInput)
    .mutation(({ ctx, input }) => recordObservations(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeObservationInput)
    .mutation(({ ctx, input }) => changeObservation(ctx, input)),
  series: clinicProcedure("chart:read")
    .input(readSeriesInput)
    .query(({ ctx, input }) => readSeries(ctx, input)),
});
