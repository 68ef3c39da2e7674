import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { TestClinic } from "./clinic.ts";

/** A place where visits are given: its practitioners, its rooms, and one service that needs one of the practitioners. */
export interface TestSchedule {
  readonly clinic: TestClinic;
  readonly locationId: string;
  readonly timeZone: string;
  /** Practitioners are resources under their own id. */
  readonly practitioners: readonly [string, ...string[]];
  readonly rooms: readonly string[];
  readonly serviceId: string;
}

export interface ScheduleShape {
  timeZone?: string;
  practitioners?: number;
  rooms?: number;
  durationMinutes?: number;
  /** More than one: a service for groups. */
  capacity?: number;
}

/** Open from 8 h to 18 h every day; rooms are of the type « salle ». */
export async function makeSchedule(clinic: TestClinic, shape: ScheduleShape = {}): Promise<TestSchedule> {
  const { timeZone = "America/Toronto", rooms = 0, durationMinutes = 60, capacity = 1 } = shape;
  const [clinicId, locationId, serviceId, requirementId] = [clinic.id, newId(), newId(), newId()];
  const people = Array.from({ length: shape.practitioners ?? 1 }, () => newId());
  const roomIds = Array.from({ length: rooms }, () => newId());
  await withStaff(clinic.owner.ctx, async (db) => {
    await db.location.createMany({ data: { clinicId, id: locationId, name: `Lieu ${locationId}`, timeZone } });
    await db.practitioner.createMany({
      data: people.map((id) => ({ clinicId, id, familyName: "Gagnon", givenName: "Ève", profession: "physician" })),
    });
    await db.resource.createMany({
      data: roomIds.map((id) => ({ clinicId, id, kind: "room", locationId, name: `Salle ${id}`, type: "salle" })),
    });
    await db.healthcareService.createMany({
      data: { clinicId, id: serviceId, name: `Consultation ${serviceId}`, durationMinutes, capacity, noticeMinutes: 0 },
    });
    await db.serviceRequirement.createMany({
      data: { clinicId, id: requirementId, serviceId, rank: 1, kind: "practitioner" },
    });
    await db.serviceCandidate.createMany({
      data: people.map((resourceId) => ({ clinicId, id: newId(), requirementId, resourceId })),
    });
    await db.scheduleRule.createMany({
      data: people.flatMap((resourceId) =>
        [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
          clinicId,
          id: newId(),
          resourceId,
          locationId,
          weekday,
          fromMinute: 480,
          untilMinute: 1080,
          validFrom: new Date("2026-01-01"),
        })),
      ),
    });
  });
  const practitioners = people as [string, ...string[]];
  return { clinic, locationId, timeZone, practitioners, rooms: roomIds, serviceId };
}

export interface SittingShape {
  /** Wall time, « 2027-03-01 09:00 ». */
  at: string;
  minutes?: number;
  bufferBefore?: number;
  bufferAfter?: number;
  /** The first leads. Left out: the schedule's first practitioner. */
  resources?: readonly string[];
  kind?: "visit" | "group" | "block";
  capacity?: number;
  /** A hold that lives five minutes. */
  held?: boolean;
  /** Who books over what is there, and why; null is somebody who does not say. */
  overbooked?: { by: string | null; why: string | null };
}

/** Writes a sitting and what it occupies, in the caller's transaction as staff. @returns the sitting's id */
export async function sit(db: Db, place: TestSchedule, shape: SittingShape): Promise<string> {
  const { clinic, locationId, timeZone, serviceId } = place;
  const { minutes = 60, kind = "visit", capacity = 1, held = false, overbooked } = shape;
  const [id, clinicId] = [newId(), clinic.id];
  const resources = shape.resources ?? [place.practitioners[0]];
  const { localDate, localMinute } = wallTime(shape.at);
  await db.sitting.createMany({
    data: {
      clinicId,
      id,
      kind,
      serviceId: kind === "block" ? null : serviceId,
      locationId,
      resourceId: resources[0] as string,
      localDate,
      localMinute,
      timeZone,
      durationMinutes: minutes,
      bufferBeforeMinutes: shape.bufferBefore ?? 0,
      bufferAfterMinutes: shape.bufferAfter ?? 0,
      capacity,
      status: held ? "held" : "booked",
      holdHash: held ? Buffer.from(id.replaceAll("-", "")) : null,
      holdExpiresAt: held ? new Date(Date.now() + 300_000) : null,
      authorId: clinic.owner.userId,
    },
  });
  for (const resourceId of resources)
    await db.$executeRaw`insert into clinic.occupancy (clinic_id, id, resource_id, sitting_id, blocking, overbooked_by, overbooking_reason)
      values (${clinicId}::uuid, ${newId()}::uuid, ${resourceId}::uuid, ${id}::uuid, ${!overbooked}, ${overbooked?.by ?? null}::uuid, ${overbooked?.why ?? null})`;
  return id;
}

/** The same in a transaction of its own. */
export const sitDown = (place: TestSchedule, shape: SittingShape): Promise<string> =>
  withStaff(place.clinic.owner.ctx, (db) => sit(db, place, shape));

/** « 2027-03-01 09:00 » as a sitting keeps it. */
export function wallTime(at: string): { localDate: Date; localMinute: number } {
  const [day = "", hour = "", minute = ""] = at.split(/[ :]/);
  return { localDate: new Date(`${day}T00:00:00Z`), localMinute: Number(hour) * 60 + Number(minute) };
}
