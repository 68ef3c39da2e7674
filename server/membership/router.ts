import { t } from "#server/trpc/init.ts";
import { clinicProcedure, userProcedure } from "#server/trpc/procedures.ts";
import { listMyClinics } from "./list-my-clinics.ts";
import { readMe } from "./read-me.ts";

export const membershipRouter = t.router({
  mine: userProcedure.query(({ ctx }) => listMyClinics(ctx)),
  me: clinicProcedure("clinic:read").query(({ ctx }) => readMe(ctx)),
});
