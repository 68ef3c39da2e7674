import { requirePermission } from "#server/access/require-permission.ts";
import { lowestId } from "#server/audit/lowest-id.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { AgendaView } from "./record.ts";
import type { AgendaInput } from "./schema.ts";

/** A view left open is told again after this long. */
export const foldedForMs = 60 * 60 * 1000;

/**
 * The agenda between two days, in one round trip: who works when, what is taken, who comes. One line of the journal holds the ids of
 * the visits whose names were shown; a view that reads again by itself tells only what it shows anew.
 */
export async function readAgenda(
  ctx: ClinicContext,
  { from, until, locationId, resourceIds, refresh }: AgendaInput,
  event: "appointment.agenda-read" | "appointment.board-read" | "appointment.mine-read" = "appointment.agenda-read",
): Promise<AgendaView> {
  requirePermission(ctx, "appointment:read");
  const [row] = await readAsStaff<{ agenda: AgendaView }>(ctx, {
    name: "chevet_agenda",
    text: "select clinic.read_agenda($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as agenda",
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
  return (row as { agenda: AgendaView }).agenda;
}
