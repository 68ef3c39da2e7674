import { requirePermission } from "#server/access/require-permission.ts";
import { lowestId } from "#server/audit/lowest-id.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { writtenAnswer } from "#server/kept-answer.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { AgendaView, BoardView } from "./record.ts";
import type { AgendaInput, BoardInput } from "./schema.ts";

/** A view left open is told again after this long. */
export const foldedForMs = 60 * 60 * 1000;

/**
 * The agenda between two days, in one round trip: who works when, what is taken, who comes. One line of the journal holds the ids of
 * the visits whose names were shown; a view that reads again by itself tells only what it shows anew.
 */
export async function readAgenda(
  ctx: ClinicContext,
  input: AgendaInput,
  event: "appointment.agenda-read" | "appointment.mine-read" = "appointment.agenda-read",
): Promise<AgendaView> {
  return writtenAnswer<AgendaView>(await read(ctx, input, event));
}

/** The flow board of a day: a row for each person, in the order of the day; whoever cancelled is not on it. */
export async function readBoard(ctx: ClinicContext, { date, ...input }: BoardInput): Promise<BoardView> {
  return writtenAnswer<BoardView>(await read(ctx, { ...input, from: date, until: date }, "appointment.board-read"));
}

/** As PostgreSQL writes it: a day of 200 visits is 200 kilobytes, which nobody here needs to read and write again. */
async function read(
  ctx: ClinicContext,
  { from, until, locationId, resourceIds, refresh }: AgendaInput,
  event: string,
): Promise<string> {
  requirePermission(ctx, "appointment:read");
  const [row] = await readAsStaff<{ agenda: string }>(ctx, {
    name: "chevet_agenda",
    text: "select clinic.read_agenda($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)::text as agenda",
    values: [
      ctx.clinic.id,
      from,
      until,
      locationId ?? null,
      resourceIds ?? null,
      newId(),
      event,
      ctx.session.id,
      ctx.membership.role,
      ctx.requestId,
      ctx.origin.address || null,
      groundOf(ctx),
      refresh,
      lowestId(Date.now() - foldedForMs),
    ],
  });
  return (row as { agenda: string }).agenda;
}
