import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { advanceAppointment } from "./advance-appointment.ts";
import { blockTime } from "./block-time.ts";
import { bookAppointment } from "./book-appointment.ts";
import { cancelAppointment } from "./cancel-appointment.ts";
import { changeReason } from "./change-reason.ts";
import { confirmAppointment } from "./confirm-appointment.ts";
import { explainSlot } from "./explain-slot.ts";
import { findFreeSlots } from "./find-free-slots.ts";
import { findNextSlot } from "./find-next-slot.ts";
import { joinGroup } from "./join-group.ts";
import { markEnteredInError } from "./mark-entered-in-error.ts";
import { moveSitting } from "./move-sitting.ts";
import { openGroup } from "./open-group.ts";
import { readAgenda, readBoard } from "./read-agenda.ts";
import { readAppointment } from "./read-appointment.ts";
import { readMine } from "./read-mine.ts";
import { readRates } from "./read-rates.ts";
import { restoreAppointment } from "./restore-appointment.ts";
import { revokeLinks } from "./revoke-links.ts";
import {
  advanceInput,
  agendaInput,
  blockInput,
  boardInput,
  bookInput,
  cancelInput,
  changeReasonInput,
  confirmInput,
  enteredInErrorInput,
  explainInput,
  joinInput,
  mineInput,
  moveInput,
  nextInput,
  openGroupInput,
  ratesInput,
  readAppointmentInput,
  restoreInput,
  revokeLinksInput,
  slotsInput,
  unblockInput,
} from "./schema.ts";
import { unblockTime } from "./unblock-time.ts";

const reads = clinicProcedure("appointment:read");
const writes = clinicProcedure("appointment:write");

export const appointmentRouter = t.router({
  agenda: reads.input(agendaInput).query(({ ctx, input }) => readAgenda(ctx, input)),
  board: reads.input(boardInput).query(({ ctx, input }) => readBoard(ctx, input)),
  mine: reads.input(mineInput).query(({ ctx, input }) => readMine(ctx, input)),
  read: reads.input(readAppointmentInput).query(({ ctx, input }) => readAppointment(ctx, input)),
  rates: reads.input(ratesInput).query(({ ctx, input }) => readRates(ctx, input)),
  slots: reads.input(slotsInput).query(({ ctx, input }) => findFreeSlots(ctx, input)),
  next: reads.input(nextInput).query(({ ctx, input }) => findNextSlot(ctx, input)),
  explain: reads.input(explainInput).query(({ ctx, input }) => explainSlot(ctx, input)),
  book: writes.input(bookInput).mutation(({ ctx, input }) => bookAppointment(ctx, input)),
  join: writes.input(joinInput).mutation(({ ctx, input }) => joinGroup(ctx, input)),
  openGroup: writes.input(openGroupInput).mutation(({ ctx, input }) => openGroup(ctx, input)),
  block: writes.input(blockInput).mutation(({ ctx, input }) => blockTime(ctx, input)),
  unblock: writes.input(unblockInput).mutation(({ ctx, input }) => unblockTime(ctx, input)),
  move: writes.input(moveInput).mutation(({ ctx, input }) => moveSitting(ctx, input)),
  cancel: writes.input(cancelInput).mutation(({ ctx, input }) => cancelAppointment(ctx, input)),
  restore: writes.input(restoreInput).mutation(({ ctx, input }) => restoreAppointment(ctx, input)),
  advance: writes.input(advanceInput).mutation(({ ctx, input }) => advanceAppointment(ctx, input)),
  confirm: writes.input(confirmInput).mutation(({ ctx, input }) => confirmAppointment(ctx, input)),
  changeReason: writes.input(changeReasonInput).mutation(({ ctx, input }) => changeReason(ctx, input)),
  revokeLinks: writes.input(revokeLinksInput).mutation(({ ctx, input }) => revokeLinks(ctx, input)),
  enteredInError: writes.input(enteredInErrorInput).mutation(({ ctx, input }) => markEnteredInError(ctx, input)),
});
