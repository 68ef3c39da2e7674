import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure, visitorProcedure } from "#server/trpc/procedures.ts";
import { acceptOffer } from "./accept-offer.ts";
import { addEntry } from "./add-entry.ts";
import { addSooner } from "./add-sooner.ts";
import { askSooner } from "./ask-sooner.ts";
import { changeEntry } from "./change-entry.ts";
import { changeRule } from "./change-rule.ts";
import { declineOffer } from "./decline-offer.ts";
import { dismissFreed } from "./dismiss-freed.ts";
import { joinList } from "./join-list.ts";
import { leaveList } from "./leave-list.ts";
import { listEntries } from "./list-entries.ts";
import { listFreed } from "./list-freed.ts";
import { offerTime } from "./offer-time.ts";
import { readOffer } from "./read-offer.ts";
import { readRule } from "./read-rule.ts";
import { removeEntry } from "./remove-entry.ts";
import {
  addEntryInput,
  addSoonerInput,
  changeEntryInput,
  changeRuleInput,
  declineInput,
  freedTimeInput,
  joinInput,
  listEntriesInput,
  offerTimeInput,
  removeEntryInput,
  soonerInput,
} from "./schema.ts";
import { withdrawOffers } from "./withdraw-offers.ts";

export const waitlistRouter = t.router({
  list: clinicProcedure("appointment:read")
    .input(listEntriesInput)
    .query(({ ctx, input }) => listEntries(ctx, input)),
  freed: clinicProcedure("appointment:read").query(({ ctx }) => listFreed(ctx)),
  rule: clinicProcedure("appointment:read").query(({ ctx }) => readRule(ctx)),
  changeRule: clinicProcedure("schedule:manage")
    .input(changeRuleInput)
    .mutation(({ ctx, input }) => changeRule(ctx, input)),
  add: clinicProcedure("appointment:write")
    .input(addEntryInput)
    .mutation(({ ctx, input }) => addEntry(ctx, input)),
  addSooner: clinicProcedure("appointment:write")
    .input(addSoonerInput)
    .mutation(({ ctx, input }) => addSooner(ctx, input)),
  change: clinicProcedure("appointment:write")
    .input(changeEntryInput)
    .mutation(({ ctx, input }) => changeEntry(ctx, input)),
  remove: clinicProcedure("appointment:write")
    .input(removeEntryInput)
    .mutation(({ ctx, input }) => removeEntry(ctx, input)),
  offer: clinicProcedure("appointment:write")
    .input(offerTimeInput)
    .mutation(({ ctx, input }) => offerTime(ctx, input)),
  withdraw: clinicProcedure("appointment:write")
    .input(freedTimeInput)
    .mutation(({ ctx, input }) => withdrawOffers(ctx, input)),
  dismiss: clinicProcedure("appointment:write")
    .input(freedTimeInput)
    .mutation(({ ctx, input }) => dismissFreed(ctx, input)),
  join: visitorProcedure.input(joinInput).mutation(({ ctx, input }) => joinList(ctx, input)),
  sooner: visitorProcedure.input(soonerInput).mutation(({ ctx, input }) => askSooner(ctx, input)),
  leave: visitorProcedure.input(z.void()).mutation(({ ctx }) => leaveList(ctx)),
  readOffer: visitorProcedure.input(z.void()).query(({ ctx }) => readOffer(ctx)),
  acceptOffer: visitorProcedure.input(z.void()).mutation(({ ctx }) => acceptOffer(ctx)),
  declineOffer: visitorProcedure.input(declineInput).mutation(({ ctx, input }) => declineOffer(ctx, input)),
});
