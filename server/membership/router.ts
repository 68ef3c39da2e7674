import { t } from "#server/trpc/init.ts";
import { userProcedure } from "#server/trpc/procedures.ts";
import { listMyClinics } from "./list-my-clinics.ts";

export const membershipRouter = t.router({
  mine: userProcedure.query(({ ctx }) => listMyClinics(ctx)),
});
