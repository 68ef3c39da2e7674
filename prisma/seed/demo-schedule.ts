import type { z } from "zod";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { todayIn } from "#server/patient/today.ts";
import { acceptHolidays } from "#server/schedule/exception/accept-holidays.ts";
import { addException } from "#server/schedule/exception/add-exception.ts";
import { proposeHolidays } from "#server/schedule/exception/propose-holidays.ts";
import { addExceptionInput } from "#server/schedule/exception/schema.ts";
import { readHours } from "#server/schedule/hours/read-hours.ts";
import { replaceHours } from "#server/schedule/hours/replace-hours.ts";
import { type HoursRule, replaceHoursInput } from "#server/schedule/hours/schema.ts";
import { addResource } from "#server/schedule/resource/add-resource.ts";
import { addService } from "#server/schedule/service/add-service.ts";
import { addServiceInput } from "#server/schedule/service/schema.ts";

/** How a demo clinic works: said in few words, written by the verbs that the screens use. */

export async function addRooms(
  ctx: ClinicContext,
  locationId: string,
  rooms: readonly (readonly [kind: "room" | "device", name: string, type: string])[],
): Promise<void> {
  for (const [kind, name, type] of rooms) await addResource(ctx, { id: newId(), kind, name, type, locationId });
}

type ServiceWords = Partial<z.input<typeof addServiceInput>> & {
  name: string;
  nameEn: string;
  durationMinutes: number;
  color: z.input<typeof addServiceInput>["color"];
};

/** Services in the order of the list; what is left out is what a new service begins with. */
export async function addServices(ctx: ClinicContext, services: readonly ServiceWords[]): Promise<void> {
  for (const [index, words] of services.entries()) {
    const usual = {
      id: newId(),
      description: "",
      descriptionEn: "",
      preparation: "",
      preparationEn: "",
      stepMinutes: 15,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      priceCents: null,
      costShown: words.priceCents !== undefined,
      insured: false,
      modes: ["in-person" as const],
      videoLink: "",
      online: true,
      audience: "anyone" as const,
      noticeMinutes: 120,
      horizonDays: 90,
      dailyLimit: null,
      capacity: 1,
      cancelNoticeMinutes: 1440,
      rank: (index + 1) * 10,
      requirements: [],
    };
    await addService(ctx, addServiceInput.parse({ ...usual, ...words }));
  }
}

/** « One of these people », with a room of the type that is named. */
export const needs = (candidates: readonly string[], room?: string) => [
  { kind: "practitioner" as const, quantity: 1, resourceType: "", candidates: [...candidates] },
  ...(room ? [{ kind: "room" as const, quantity: 1, resourceType: room, candidates: [] }] : []),
];

/** « 1-5 8:00-12:00 13:00-16:30 »: weekdays (ISO), then the hours of each of them. */
type WeekWords = string | { readonly week: string; readonly rule: Partial<HoursRule> };

/** The week of somebody at a location, or with null the opening hours of the location. It holds since the first of the year. */
export async function openWeek(
  ctx: ClinicContext,
  resourceId: string | null,
  locationId: string,
  ...words: readonly WeekWords[]
): Promise<void> {
  const validFrom = `${todayIn(ctx.clinic.timeZone).slice(0, 4)}-01-01`;
  const rules = words.flatMap((one) =>
    typeof one === "string" ? rulesOf(one, validFrom, {}) : rulesOf(one.week, validFrom, one.rule),
  );
  const stamp = (await readHours(ctx, { resourceId })).find((week) => week.locationId === locationId)?.stamp ?? "0";
  await replaceHours(ctx, replaceHoursInput.parse({ resourceId, locationId, stamp, rules }));
}

function rulesOf(words: string, validFrom: string, more: Partial<HoursRule>): HoursRule[] {
  const [days = "", ...spans] = words.split(" ");
  const [first = 1, last = first] = days.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((weekday) =>
    spans.map((span) => {
      const [fromMinute = 0, untilMinute = 0] = span.split("-").map(minuteOf);
      return {
        id: newId(),
        kind: "open" as const,
        weekday,
        fromMinute,
        untilMinute,
        serviceId: null,
        newPatients: false,
        validFrom,
        validUntil: null,
        everyWeeks: 1,
        ...more,
      };
    }),
  );
}

const minuteOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
};

/** A leave, a closure or extra hours, from a day to another. */
export async function except(
  ctx: ClinicContext,
  reason: "leave" | "closure" | "extra" | "other",
  days: readonly [from: string, until: string],
  more: Partial<z.input<typeof addExceptionInput>> = {},
): Promise<void> {
  await addException(
    ctx,
    addExceptionInput.parse({
      id: newId(),
      reason,
      resourceId: null,
      locationId: null,
      title: "",
      fromDate: days[0],
      fromMinute: 0,
      untilDate: days[1],
      untilMinute: 1440,
      ...more,
    }),
  );
}

/** Every holiday of the next months, Good Friday rather than Easter Monday. */
export async function closeOnHolidays(ctx: ClinicContext): Promise<void> {
  const proposed = await proposeHolidays(ctx);
  await acceptHolidays(ctx, {
    dates: proposed.filter(({ key }) => key !== "easterMonday").map(({ date }) => date),
  });
}

/** The day of the clinic that comes `weeks` weeks after this week's Monday, on this weekday (ISO). */
export function dayIn(ctx: ClinicContext, weeks: number, weekday: number): string {
  const at = new Date(`${todayIn(ctx.clinic.timeZone)}T00:00:00Z`);
  const monday = at.getUTCDate() - ((at.getUTCDay() + 6) % 7);
  at.setUTCDate(monday + weeks * 7 + weekday - 1);
  return at.toISOString().slice(0, 10);
}
