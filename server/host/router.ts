import { listPlatformDeliveries } from "#server/mail/list-unsettled-deliveries.ts";
import { listDeadLetters } from "#server/queue/list-dead-letters.ts";
import { replayDeadLetter } from "#server/queue/replay-dead-letter.ts";
import { t } from "#server/trpc/init.ts";
import { hostProcedure, publicProcedure } from "#server/trpc/procedures.ts";
import { changeSettings } from "./change-settings.ts";
import { decideClinic } from "./decide-clinic.ts";
import { listClinics } from "./list-clinics.ts";
import { listHostEvents } from "./list-host-events.ts";
import { readOwnSettings, readSettings } from "./read-settings.ts";
import { changeSettingsInput, decideClinicInput, listClinicsInput, newestFirst, oneById } from "./schema.ts";

export const hostRouter = t.router({
  settings: publicProcedure.query(({ ctx }) => readSettings(ctx)),
  ownSettings: hostProcedure.query(({ ctx }) => readOwnSettings(ctx)),
  changeSettings: hostProcedure.input(changeSettingsInput).mutation(({ ctx, input }) => changeSettings(ctx, input)),
  events: hostProcedure.input(newestFirst).query(({ ctx, input }) => listHostEvents(ctx, input)),
  clinics: hostProcedure.input(listClinicsInput).query(({ ctx, input }) => listClinics(ctx, input)),
  decide: hostProcedure.input(decideClinicInput).mutation(({ ctx, input }) => decideClinic(ctx, input)),
  deadLetters: hostProcedure.input(newestFirst).query(({ ctx, input }) => listDeadLetters(ctx, input)),
  replay: hostProcedure.input(oneById).mutation(({ ctx, input }) => replayDeadLetter(ctx, input)),
  deliveries: hostProcedure.input(newestFirst).query(({ ctx, input }) => listPlatformDeliveries(ctx, input)),
});
