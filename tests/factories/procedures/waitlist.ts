import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";
import { anyTime, ensurePage, makeFreed, makeVisit, makeWaiting } from "#tests/factories/waitlist.ts";
import type { Factory, Scene } from "./factory.ts";

const place = ({ clinic }: Scene): Promise<TestSchedule> => makeSchedule(clinic);

async function entry(scene: Scene) {
  const here = await place(scene);
  return { here, ...(await makeWaiting(here)) };
}

async function freed(scene: Scene) {
  const waiting = await entry(scene);
  return { ...waiting, freedTimeId: await makeFreed(waiting.here) };
}

async function recall(scene: Scene) {
  const { patientId } = await entry(scene);
  const id = newId();
  await callerOf(scene.clinic.owner, scene.clinic).recall.add({ id, patientId, ...card });
  return { id, patientId };
}

const card = { serviceId: null, practitionerId: null, dueOn: "2027-05-01", reason: "Contrôle" };
const pressing = { priority: 1, note: "Appeler le matin" };

export const waitlistFactories: Readonly<Record<string, Factory>> = {
  "waitlist.list": async () => ({}),
  "waitlist.freed": async () => undefined,
  "waitlist.rule": async () => undefined,
  "waitlist.changeRule": async ({ clinic }) => {
    const known = await withStaff(clinic.owner.ctx, (db) =>
      db.bookingPolicy.findFirst({ where: { clinicId: clinic.id } }),
    );
    return { automatic: false, rule: "priority", batch: 2, offerMinutes: 60, version: known?.version ?? null };
  },
  "waitlist.add": async (scene) => {
    const { here, patientId } = await entry(scene);
    return {
      id: newId(),
      patientId,
      ...anyTime(here),
      resourceIds: [here.practitioners[0]],
      locationId: here.locationId,
      ...pressing,
    };
  },
  "waitlist.addSooner": async (scene) => ({
    id: newId(),
    appointmentId: (await makeVisit(await place(scene), 20)).appointmentId,
  }),
  "waitlist.change": async (scene) => {
    const { here, entryId } = await entry(scene);
    return {
      id: entryId,
      version: 1,
      ...anyTime(here),
      resourceIds: [here.practitioners[0]],
      locationId: here.locationId,
      ...pressing,
    };
  },
  "waitlist.remove": async (scene) => ({ id: (await entry(scene)).entryId, version: 1 }),
  "waitlist.offer": async (scene) => {
    await ensurePage(scene.clinic);
    const { freedTimeId, entryId } = await freed(scene);
    return { freedTimeId, entryIds: [entryId] };
  },
  "waitlist.withdraw": async (scene) => ({ freedTimeId: (await freed(scene)).freedTimeId }),
  "waitlist.dismiss": async (scene) => ({ freedTimeId: (await freed(scene)).freedTimeId }),
  "recall.list": async () => ({}),
  "recall.add": async (scene) => {
    const { here, patientId } = await entry(scene);
    return { id: newId(), patientId, ...card, serviceId: here.serviceId, practitionerId: here.practitioners[0] };
  },
  "recall.change": async (scene) => {
    const { here } = await entry(scene);
    return {
      id: (await recall(scene)).id,
      version: 1,
      ...card,
      serviceId: here.serviceId,
      practitionerId: here.practitioners[0],
    };
  },
  "recall.close": async (scene) => ({ id: (await recall(scene)).id, version: 1, reason: "declined" }),
  "recall.attempt": async (scene) => ({ id: newId(), recallId: (await recall(scene)).id, kind: "called", note: "" }),
};

/** The ids that the everyday inputs leave out. */
export const everyWaitingId: Readonly<Record<string, Factory>> = {
  "waitlist.list": async (scene) => {
    const { here, entryId } = await entry(scene);
    return { after: entryId, serviceId: here.serviceId };
  },
  "recall.list": async (scene) => ({ after: (await recall(scene)).id }),
};
