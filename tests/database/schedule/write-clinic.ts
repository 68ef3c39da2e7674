import type pg from "pg";
import {
  addDays,
  practitionerCount,
  type RandomClinic,
  resourceCount,
  roomPlaces,
  ruleDays,
  rulesOf,
} from "./random-clinic.ts";
import { isException, isOpen, needsOf, nowOf, writable, zonesOf } from "./slow-model.ts";

/** Ids by number, so that what is written is the same each time; the transaction is rolled back. */
const id = (kind: string, n: number) => `00000000-0000-7000-8000-${kind}${String(n).padStart(11, "0")}`;
export const resourceId = (n: number): string => id("1", n);
export const placeId = (n: number): string => id("2", n);
export const serviceId = (name: string): string => id("3", name === "this" ? 1 : 2);
export const sittingId = (n: number): string => id("4", n);

export const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Writes a random clinic as its staff would, in the open transaction. */
export async function writeClinic(
  db: pg.Client,
  clinicId: string,
  clinic: RandomClinic,
  author: string,
): Promise<void> {
  const zones = zonesOf(clinic);
  const now = nowOf(clinic);
  const insert = async (table: string, rows: Record<string, unknown>[]) => {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    const values: unknown[] = [];
    const lines = rows.map((row) => `($1, ${columns.map((column) => `$${values.push(row[column]) + 1}`).join(", ")})`);
    await db.query(`insert into clinic.${table} (clinic_id, ${columns.join(", ")}) values ${lines.join(", ")}`, [
      clinicId,
      ...values,
    ]);
  };
  await insert(
    "location",
    zones.map((time_zone, n) => ({
      id: placeId(n),
      name: `Lieu ${n}`,
      time_zone,
      status: clinic.closedPlace && n === 1 ? "inactive" : "active",
    })),
  );
  const status = (n: number) => (clinic.idle === n ? "inactive" : "active");
  await insert(
    "practitioner",
    Array.from({ length: practitionerCount }, (_, n) => ({
      id: resourceId(n),
      family_name: "Gagnon",
      given_name: "Ève",
      profession: "physician",
      status: status(n),
    })),
  );
  await insert(
    "resource",
    roomPlaces.map((place, n) => ({
      id: resourceId(practitionerCount + n),
      kind: "room",
      location_id: placeId(place),
      name: `Salle ${n}`,
      type: "salle",
      status: status(practitionerCount + n),
    })),
  );
  await insert(
    "healthcare_service",
    ["this", "other"].map((name) => ({
      id: serviceId(name),
      name,
      duration_minutes: clinic.length,
      step_minutes: clinic.step,
      buffer_before_minutes: clinic.before,
      buffer_after_minutes: clinic.after,
      notice_minutes: clinic.notice,
      horizon_days: clinic.horizon,
      daily_limit: clinic.dailyLimit,
    })),
  );
  const needs = needsOf(clinic);
  await insert(
    "service_requirement",
    needs.map(({ quantity, resources, type }, n) => ({
      id: id("5", n),
      service_id: serviceId("this"),
      rank: n + 1,
      kind: (resources[0] as number) < practitionerCount ? "practitioner" : "room",
      quantity,
      resource_type: type ? "salle" : "",
    })),
  );
  await insert(
    "service_candidate",
    needs.flatMap(({ resources, type }, n) =>
      type
        ? []
        : resources.map((one) => ({
            id: id("6", n * resourceCount + one),
            requirement_id: id("5", n),
            resource_id: resourceId(one),
          })),
    ),
  );
  await insert(
    "schedule_rule",
    rulesOf(clinic).map((rule, n) => {
      const { weekday, validFrom, validUntil, until } = ruleDays(clinic, rule);
      return {
        id: id("7", n),
        resource_id: resourceId(rule.resource),
        location_id: placeId(rule.place),
        kind: rule.closed ? "closed" : "open",
        weekday,
        from_minute: rule.from,
        until_minute: until,
        service_id: rule.service === "any" ? null : serviceId(rule.service),
        new_patients: rule.closed && rule.newPatients,
        valid_from: validFrom,
        valid_until: validUntil,
        every_weeks: rule.everyWeeks,
        status: rule.removed ? "removed" : "active",
      };
    }),
  );
  await insert(
    "schedule_exception",
    clinic.exceptions.filter(isException).map((one, n) => ({
      id: id("8", n),
      resource_id: one.resource === null ? null : resourceId(one.resource),
      location_id: one.place === null ? null : placeId(one.place),
      kind: isOpen(one) ? "open" : "closed",
      reason: isOpen(one) ? "extra" : "leave",
      from_date: addDays(clinic.day, one.dayOffset),
      from_minute: one.from,
      until_date: addDays(clinic.day, one.dayOffset + one.days),
      until_minute: one.until,
      time_zone: zones[one.place ?? 0],
      status: one.removed ? "removed" : "active",
    })),
  );
  const sittings = writable(clinic);
  await insert(
    "sitting",
    sittings.map(({ sitting, index }) => {
      const held = sitting.heldFor !== null && !sitting.cancelled;
      return {
        id: sittingId(index),
        kind: sitting.service === "block" ? "block" : "visit",
        service_id: sitting.service === "block" ? null : serviceId(sitting.service),
        location_id: placeId(sitting.place),
        resource_id: resourceId(sitting.resources[0] as number),
        local_date: addDays(clinic.day, sitting.dayOffset),
        local_minute: sitting.minute,
        time_zone: zones[sitting.place],
        duration_minutes: sitting.length,
        buffer_before_minutes: sitting.before,
        buffer_after_minutes: sitting.after,
        status: sitting.cancelled ? "cancelled" : held ? "held" : "booked",
        hold_hash: held ? Buffer.alloc(32, index) : null,
        hold_expires_at: held ? instant(now + (sitting.heldFor as number)) : null,
      };
    }),
  );
  // Those that stand first: the others are booked over them.
  const occupied = sittings.filter(({ sitting }) => !sitting.cancelled).sort((a, b) => Number(a.over) - Number(b.over));
  await insert(
    "occupancy",
    occupied.flatMap(({ sitting, index, over }) =>
      sitting.resources.map((one) => ({
        id: id("9", index * resourceCount + one),
        resource_id: resourceId(one),
        sitting_id: sittingId(index),
        blocking: !over,
        overbooked_by: over ? author : null,
        overbooking_reason: over ? "urgence dentaire" : null,
      })),
    ),
  );
}
