import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { advanceAppointment } from "./advance-appointment.ts";
import { bookAppointment } from "./book-appointment.ts";
import { cancelAppointment } from "./cancel-appointment.ts";
import { explainSlot } from "./explain-slot.ts";
import { moveSitting } from "./move-sitting.ts";
import { readAgenda } from "./read-agenda.ts";
import { advanceInput, agendaInput, bookInput, cancelInput, explainInput, moveInput } from "./schema.ts";

const reads = clinicProcedure("appointment:read");
const writes = clinicProcedure("appointment:write");

export const appointmentRouter = t.router({
  agenda: reads.input(agendaInput).query(({ ctx, input }) => readAgenda(ctx, input)),
  explain: reads.input(explainInput).query(({ ctx, input }) => explainSlot(ctx, input)),
  book: writes.input(bookInput).mutation(({ ctx, input }) => bookAppointment(ctx, input)),
  move: writes.input(moveInput).mutation(({ ctx, input }) => moveSitting(ctx, input)),
  cancel: writes.input(cancelInput).mutation(({ ctx, input }) => cancelAppointment(ctx, input)),
  advance: writes.input(advanceInput).mutation(({ ctx, input }) => advanceAppointment(ctx, input)),
});
