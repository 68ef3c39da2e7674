import { t } from "#server/trpc/init.ts";
import { publicProcedure } from "#server/trpc/procedures.ts";
import { readSettings } from "./read-settings.ts";

export const hostRouter = t.router({
  settings: publicProcedure.query(({ ctx }) => readSettings(ctx)),
});
