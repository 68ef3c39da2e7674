import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listFeeds } from "./list-feeds.ts";
import { makeFeed } from "./make-feed.ts";
import { revokeFeed } from "./revoke-feed.ts";
import { listFeedsInput, makeFeedInput, revokeFeedInput } from "./schema.ts";

export const calendarRouter = t.router({
  list: clinicProcedure("schedule:read")
    .input(listFeedsInput)
    .query(({ ctx, input }) => listFeeds(ctx, input)),
  make: clinicProcedure("schedule:read")
    .input(makeFeedInput)
    .mutation(({ ctx, input }) => makeFeed(ctx, input)),
  revoke: clinicProcedure("schedule:read")
    .input(revokeFeedInput)
    .mutation(({ ctx, input }) => revokeFeed(ctx, input)),
});
