import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { visitorProcedure } from "#server/trpc/procedures.ts";
import { cancelVisit } from "./cancel-visit.ts";
import { confirmPresence } from "./confirm-presence.ts";
import { confirmVisit } from "./confirm-visit.ts";
import { findTimes } from "./find-times.ts";
import { holdTime } from "./hold-time.ts";
import { listServices } from "./list-services.ts";
import { moveVisit } from "./move-visit.ts";
import { nextTimes } from "./next-times.ts";
import { otherTimes } from "./other-times.ts";
import { readVisit } from "./read-visit.ts";
import { releaseHold } from "./release-hold.ts";
import { requestCode } from "./request-code.ts";
import {
  codeInput,
  codeRequestInput,
  confirmInput,
  holdInput,
  moveInput,
  nextTimesInput,
  otherTimesInput,
  releaseInput,
  servicesInput,
  timesInput,
  visitInput,
} from "./schema.ts";
import { undoCancel } from "./undo-cancel.ts";
import { verifyCode } from "./verify-code.ts";

/** Booking a visit and looking after it: nobody is known here but by the token that their browser made. */
export const bookingRouter = t.router({
  services: visitorProcedure.input(servicesInput).query(({ ctx, input }) => listServices(ctx, input)),
  times: visitorProcedure.input(timesInput).query(({ ctx, input }) => findTimes(ctx, input)),
  nextTimes: visitorProcedure.input(nextTimesInput).query(({ ctx, input }) => nextTimes(ctx, input)),
  hold: visitorProcedure.input(holdInput).mutation(({ ctx, input }) => holdTime(ctx, input)),
  release: visitorProcedure.input(releaseInput).mutation(({ ctx, input }) => releaseHold(ctx, input)),
  requestCode: visitorProcedure.input(codeRequestInput).mutation(({ ctx, input }) => requestCode(ctx, input)),
  verifyCode: visitorProcedure.input(codeInput).mutation(({ ctx, input }) => verifyCode(ctx, input)),
  confirm: visitorProcedure.input(confirmInput).mutation(({ ctx, input }) => confirmVisit(ctx, input)),
  visit: visitorProcedure.input(z.void()).query(({ ctx }) => readVisit(ctx)),
  otherTimes: visitorProcedure.input(otherTimesInput).query(({ ctx, input }) => otherTimes(ctx, input)),
  confirmPresence: visitorProcedure.input(visitInput).mutation(({ ctx, input }) => confirmPresence(ctx, input)),
  move: visitorProcedure.input(moveInput).mutation(({ ctx, input }) => moveVisit(ctx, input)),
  cancel: visitorProcedure.input(visitInput).mutation(({ ctx, input }) => cancelVisit(ctx, input)),
  undoCancel: visitorProcedure.input(z.void()).mutation(({ ctx }) => undoCancel(ctx)),
});
