import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listReferrals, openReferrals } from "./list-referrals.ts";
import {
  cancelReferralInput,
  expectInput,
  listReferralsInput,
  markBookedInput,
  markSeenInput,
  markSentInput,
  openReferralsInput,
  receiveReportInput,
  startReferralInput,
  takeBackInput,
} from "./schema.ts";
import { startReferral } from "./start-referral.ts";
import {
  cancelReferral,
  expectAnswer,
  markBooked,
  markSeen,
  markSent,
  receiveReport,
  takeBack,
} from "./step-referral.ts";

const reading = clinicProcedure("chart:read");
const writing = clinicProcedure("chart:write");

export const referralRouter = t.router({
  list: reading.input(listReferralsInput).query(({ ctx, input }) => listReferrals(ctx, input)),
  open: reading.input(openReferralsInput).query(({ ctx, input }) => openReferrals(ctx, input)),
  start: writing.input(startReferralInput).mutation(({ ctx, input }) => startReferral(ctx, input)),
  markSent: writing.input(markSentInput).mutation(({ ctx, input }) => markSent(ctx, input)),
  markBooked: writing.input(markBookedInput).mutation(({ ctx, input }) => markBooked(ctx, input)),
  markSeen: writing.input(markSeenInput).mutation(({ ctx, input }) => markSeen(ctx, input)),
  receiveReport: writing.input(receiveReportInput).mutation(({ ctx, input }) => receiveReport(ctx, input)),
  cancel: writing.input(cancelReferralInput).mutation(({ ctx, input }) => cancelReferral(ctx, input)),
  takeBack: writing.input(takeBackInput).mutation(({ ctx, input }) => takeBack(ctx, input)),
  expect: writing.input(expectInput).mutation(({ ctx, input }) => expectAnswer(ctx, input)),
});
