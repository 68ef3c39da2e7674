import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listVersions } from "./list-versions.ts";
import { markInError } from "./mark-in-error.ts";
import { listVersionsInput, markInErrorInput } from "./schema.ts";

export const recordEntryRouter = t.router({
  versions: clinicProcedure("chart:read")
    .input(listVersionsInput)
    .query(({ ctx, input }) => listVersions(ctx, input)),
  markInError: clinicProcedure("chart:write")
    .input(markInErrorInput)
    .mutation(({ ctx, input }) => markInError(ctx, input)),
});
