import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listDeskReferrals } from "./list-desk-referrals.ts";
import { listReferrals, openReferrals } from "./list-referrals.ts";
import {
  cancelReferralInput,
  expectInput,
  fileReportInput,
  listDeskReferralsInput,
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
  fileReport,
  markBooked,
  markSeen,
  markSent,
  receiveReport,
  takeBack,
} from "./step-referral.ts";

const reading = clinicProcedure("chart:read");
const writing = clinicProcedure("chart:write");
// Sent and booked at the front desk too.
const desk = clinicProcedure("document:file");

export const referralRouter = t.router({
  list: reading.input(listReferralsInput).query(({ ctx, input }) => listReferrals(ctx, input)),
  desk: desk.input(listDeskReferralsInput).query(({ ctx, input }) => listDeskReferrals(ctx, input)),
  open: reading.input(openReferralsInput).query(({ ctx, input }) => openReferrals(ctx, input)),
  start: writing.input(startReferralInput).mutation(({ ctx, input }) => startReferral(ctx, input)),
  markSent: desk.input(markSentInput).mutation(({ ctx, input }) => markSent(ctx, input)),
  markBooked: desk.input(markBookedInput).mutation(({ ctx, input }) => markBooked(ctx, input)),
  markSeen: writing.input(markSeenInput).mutation(({ ctx, input }) => markSeen(ctx, input)),
  receiveReport: writing.input(receiveReportInput).mutation(({ ctx, input }) => receiveReport(ctx, input)),
  fileReport: writing.input(fileReportInput).mutation(({ ctx, input }) => fileReport(ctx, input)),
  cancel: writing.input(cancelReferralInput).mutation(({ ctx, input }) => cancelReferral(ctx, input)),
  takeBack: writing.input(takeBackInput).mutation(({ ctx, input }) => takeBack(ctx, input)),
  expect: writing.input(expectInput).mutation(({ ctx, input }) => expectAnswer(ctx, input)),
});
