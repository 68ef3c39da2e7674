import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addHistoryEntry } from "./add-history-entry.ts";
import { changeHistoryEntry } from "./change-history-entry.ts";
import { addHistoryEntryInput, changeHistoryEntryInput } from "./schema.ts";

export const historyRouter = t.router({
  add: clinicProcedure("chart:write")
    .input(addHistoryEntryInput)
    .mutation(({ ctx, input }) => addHistoryEntry(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeHistoryEntryInput)
    .mutation(({ ctx, input }) => changeHistoryEntry(ctx, input)),
});
