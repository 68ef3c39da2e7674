import type { z } from "zod";
import { newId } from "#server/db/new-id.ts";
import type { addServiceInput } from "#server/schedule/service/schema.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import type { Factory, Scene } from "./factory.ts";

/** A service that nobody gives yet, under a name of its own. */
export function serviceInput(more: Partial<z.input<typeof addServiceInput>> = {}): z.input<typeof addServiceInput> {
  const id = newId();
  return {
    id,
    name: `Consultation ${id}`,
    nameEn: "",
    description: "",
    descriptionEn: "",
    preparation: "",
    preparationEn: "",
    durationMinutes: 30,
    stepMinutes: 15,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    priceCents: null,
    costShown: false,
    insured: false,
    modes: ["in-person"],
    videoLink: "",
    color: "sapin",
    online: false,
    audience: "anyone",
    noticeMinutes: 120,
    horizonDays: 90,
    dailyLimit: null,
    capacity: 1,
    cancelNoticeMinutes: 1440,
    rank: 100,
    requirements: [],
    ...more,
  };
}

/** Monday, from 8 h to 12 h, every week. */
export const monday = () => ({
  id: newId(),
  kind: "open" as const,
  weekday: 1,
  fromMinute: 480,
  untilMinute: 720,
  serviceId: null as string | null,
  newPatients: false,
  validFrom: "2026-01-01",
  validUntil: null,
  everyWeeks: 1,
});

const caller = ({ clinic, member }: Scene) => callerOf(member, clinic);
const span = { title: "", fromDate: "2027-03-01", fromMinute: 0, untilDate: "2027-03-02", untilMinute: 1440 };
const policy = {
  holdMinutes: 10,
  waitlistAutomatic: false,
  offerMinutes: 120,
  quietFromMinute: 1260,
  quietUntilMinute: 480,
  waitLimitMinutes: 25,
  requestDays: 60,
};

const nothing: Factory = async () => undefined;
const page: Factory = async () => ({});

async function aService(scene: Scene, more: Parameters<typeof serviceInput>[0] = {}) {
  const input = serviceInput(more);
  await caller(scene).schedule.service.add(input);
  return input;
}

async function aLeave(scene: Scene): Promise<{ id: string; version: number }> {
  const { practitioners } = await makeSchedule(scene.clinic);
  const id = newId();
  await callerOf(scene.clinic.owner, scene.clinic).schedule.exception.add({
    ...span,
    id,
    reason: "leave",
    resourceId: practitioners[0],
    locationId: null,
  });
  return { id, version: 1 };
}

export const scheduleFactories: Readonly<Record<string, Factory>> = {
  "schedule.service.list": page,
  "schedule.service.read": async ({ clinic }) => ({ id: (await makeSchedule(clinic)).serviceId }),
  "schedule.service.add": async () => serviceInput(),
  "schedule.service.change": async (scene) => ({ ...(await aService(scene)), version: 1, active: true }),
  "schedule.service.renewCode": async (scene) => ({
    id: (await aService(scene, { audience: "code" })).id,
    version: 1,
  }),
  "schedule.service.proposals": nothing,
  "schedule.service.start": async () => ({ keys: ["physician-visit"] }),
  "schedule.resource.list": nothing,
  "schedule.resource.add": async ({ clinic }) => ({
    id: newId(),
    kind: "room",
    name: "Salle 1",
    type: "salle d’examen",
    locationId: (await makeSchedule(clinic)).locationId,
  }),
  "schedule.resource.change": async ({ clinic }) => {
    const { locationId, rooms } = await makeSchedule(clinic, { rooms: 1 });
    return { id: rooms[0], version: 1, active: true, name: "Salle 2", type: "", locationId };
  },
  "schedule.hours.read": async ({ clinic }) => ({ resourceId: (await makeSchedule(clinic)).practitioners[0] }),
  // A week that nobody has begun: its version is 0.
  "schedule.hours.replace": async ({ clinic }) => {
    const { practitioners } = await makeSchedule(clinic);
    const { locationId } = await makeSchedule(clinic);
    return { resourceId: practitioners[0], locationId, version: 0, rules: [monday()] };
  },
  "schedule.exception.list": page,
  "schedule.exception.add": async ({ clinic }) => ({
    ...span,
    id: newId(),
    reason: "leave",
    resourceId: (await makeSchedule(clinic)).practitioners[0],
    locationId: null,
  }),
  "schedule.exception.change": async (scene) => ({ ...span, ...(await aLeave(scene)), untilDate: "2027-03-05" }),
  "schedule.exception.remove": aLeave,
  "schedule.exception.holidays": nothing,
  "schedule.exception.acceptHolidays": async (scene) => {
    const [first] = await callerOf(scene.clinic.owner, scene.clinic).schedule.exception.holidays();
    return { dates: [first?.date] };
  },
  "schedule.policy": nothing,
  "schedule.changePolicy": async (scene) => ({
    ...policy,
    version: (await callerOf(scene.clinic.owner, scene.clinic).schedule.policy()).version,
  }),
  "schedule.displaced": page,
};
