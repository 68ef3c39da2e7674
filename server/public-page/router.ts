import { t } from "#server/trpc/init.ts";
import { visitorProcedure } from "#server/trpc/procedures.ts";
import { readPage } from "./read-page.ts";

export const publicPageRouter = t.router({
  read: visitorProcedure.query(({ ctx }) => readPage(ctx)),
});
