import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { type AppointmentRow, needAppointment } from "./appointment-row.ts";
import { type AdvanceInput, nextStages, type Stage } from "./schema.ts";

const statuses = {
  expected: "booked",
  arrived: "arrived",
  roomed: "checked-in",
  "with-professional": "checked-in",
  done: "fulfilled",
  noshow: "noshow",
} as const;

/** When each state began; a later state keeps them, a step back takes its own away. */
const clocks = ["arrivedAt", "roomedAt", "startedAt", "doneAt"] as const;
const clockOf: Partial<Record<Stage, (typeof clocks)[number]>> = {
  arrived: "arrivedAt",
  roomed: "roomedAt",
  "with-professional": "startedAt",
  done: "doneAt",
};

/**
 * Brings a visit to another state of its day: further on, or one step back. The board's timers begin when a state does.
 * @throws Conflict `stale`; Precondition when that state does not follow; Invalid beside `roomId`; NotFound
 */
export async function advanceAppointment(
  ctx: ClinicContext,
  { id, version, to, roomId }: AdvanceInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const appointment = await needAppointment(db, ctx, { id, version });
    const from = stageOf(appointment);
    const sameRoomed = from === to && roomId !== undefined;
    if (!from || !(nextStages(from).includes(to) || sameRoomed)) throw precondition("appointment.transition");
    if (roomId) await needRoom(db, clinicId, roomId);
    const keepsRoom = to === "roomed" || to === "with-professional" || to === "done";
    await db.appointment.updateMany({
      where: { clinicId, id, version },
      data: {
        status: statuses[to],
        flow: to === "noshow" ? "none" : to,
        ...times(appointment, to),
        roomId: keepsRoom ? (roomId === undefined ? appointment.roomId : roomId) : null,
        version: version + 1,
      },
    });
    await recordAudit(db, ctx, {
      event: "appointment.advanced",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ...(appointment.patientId ? { patientId: appointment.patientId } : {}),
      ground: groundOf(ctx),
      detail: { from, to },
    });
    return { version: version + 1 };
  });
}

function stageOf({ status, flow }: AppointmentRow): Stage | null {
  if (status === "noshow") return "noshow";
  return flow === "none" ? null : (flow as Stage);
}

function times(row: AppointmentRow, to: Stage): Partial<Record<(typeof clocks)[number], Date | null>> {
  const own = clockOf[to];
  const last = own ? clocks.indexOf(own) : -1;
  const kept = Object.fromEntries(clocks.map((clock, at) => [clock, at <= last ? row[clock] : null]));
  const now = new Date();
  // Whoever is seen has come, said or not.
  if (last >= 0) kept.arrivedAt ??= now;
  if (own) kept[own] ??= now;
  return kept;
}

/** @throws Invalid beside `roomId` when it is no room of the clinic that can be used */
async function needRoom(db: Db, clinicId: string, id: string): Promise<void> {
  const room = await db.resource.findFirst({
    where: { clinicId, id, kind: "room", status: "active" },
    select: { id: true },
  });
  if (!room) throw invalid("invalid", { roomId: "notFound" });
}
