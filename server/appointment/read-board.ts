import type { ClinicContext } from "#server/context.ts";
import { readAgenda } from "./read-agenda.ts";
import type { BoardRow, BoardView } from "./record.ts";
import type { BoardInput } from "./schema.ts";

/** The flow board of a day: a row for each person, in the order of the day; whoever cancelled is not on it. */
export async function readBoard(ctx: ClinicContext, { date, locationId, refresh }: BoardInput): Promise<BoardView> {
  const days = { from: date, until: date, locationId, refresh };
  const { sittings, open: _, exceptions: __, ...rest } = await readAgenda(ctx, days, "appointment.board-read");
  const rows: BoardRow[] = [];
  for (const { appointments, kind, ...sitting } of sittings) {
    if (kind === "block") continue;
    for (const appointment of appointments) {
      if (appointment.status === "cancelled") continue;
      rows.push({
        ...appointment,
        sittingId: sitting.id,
        sittingVersion: sitting.version,
        sittingKind: kind,
        serviceId: sitting.serviceId,
        resourceId: sitting.resourceId,
        locationId: sitting.locationId,
        mode: sitting.mode,
        localMinute: sitting.localMinute,
        startsAt: sitting.startsAt,
        endsAt: sitting.endsAt,
        durationMinutes: sitting.durationMinutes,
        overbooked: sitting.overbooked,
      });
    }
  }
  return { ...rest, rows };
}
