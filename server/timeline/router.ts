import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { readTimeline } from "./read-timeline.ts";
import { readTimelineInput } from "./schema.ts";

export const timelineRouter = t.router({
  read: clinicProcedure("chart:read")
    .input(readTimelineInput)
    .query(({ ctx, input }) => readTimeline(ctx, input)),
});
