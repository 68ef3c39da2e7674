import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { changeEncounter } from "./change-encounter.ts";
import { readTimeline } from "./read-timeline.ts";
import { changeEncounterInput, timelineInput } from "./schema.ts";

export const encounterRouter = t.router({
  timeline: clinicProcedure("chart:read")
    .input(timelineInput)
    .query(({ ctx, input }) => readTimeline(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeEncounterInput)
    .mutation(({ ctx, input }) => changeEncounter(ctx, input)),
});
