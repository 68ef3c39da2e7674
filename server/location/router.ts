import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addLocation } from "./add-location.ts";
import { changeLocation } from "./change-location.ts";
import { listLocations } from "./list-locations.ts";
import { addLocationInput, changeLocationInput } from "./schema.ts";

export const locationRouter = t.router({
  list: clinicProcedure("location:list").query(({ ctx }) => listLocations(ctx)),
  add: clinicProcedure("location:manage")
    .input(addLocationInput)
    .mutation(({ ctx, input }) => addLocation(ctx, input)),
  change: clinicProcedure("location:manage")
    .input(changeLocationInput)
    .mutation(({ ctx, input }) => changeLocation(ctx, input)),
});
