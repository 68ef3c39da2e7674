import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { beginExport, cancelExport, listExports } from "./ask-export.ts";
import { beginExportInput, exportRef, listExportsInput } from "./schema.ts";

const reading = clinicProcedure("chart:read");

export const chartExportRouter = t.router({
  begin: reading.input(beginExportInput).mutation(({ ctx, input }) => beginExport(ctx, input)),
  cancel: reading.input(exportRef).mutation(({ ctx, input }) => cancelExport(ctx, input)),
  list: reading.input(listExportsInput).query(({ ctx, input }) => listExports(ctx, input)),
});
