import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { adultBirthDate } from "#tests/factories/adult.ts";
import { callerOf } from "#tests/factories/caller.ts";
import type { TestClinic, TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { amlodipine, giveCard, makePrescriber } from "#tests/factories/prescriber.ts";
import type { Factory, Scene } from "./factory.ts";

/** What is taken and prescribed, each by somebody with a permit. */

const prescribers = new WeakMap<TestClinic, Promise<TestMember>>();

async function prescriberOf(clinic: TestClinic) {
  const known = prescribers.get(clinic) ?? makePrescriber(clinic);
  prescribers.set(clinic, known);
  return known;
}
const prescriber = async ({ clinic }: Scene) => callerOf(await prescriberOf(clinic), clinic);

const carded = new WeakSet<TestMember>();

/** Whoever is about to sign has a card and a permit. */
async function withCard({ clinic, member }: Scene) {
  if (carded.has(member)) return;
  carded.add(member);
  await giveCard(clinic, member);
}

async function someone({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx, { birthDate: adultBirthDate() });
  for (const one of [member, await prescriberOf(clinic)]) await opens(one, id);
  return id;
}

const { medicationId: _id, replaces: _replaces, ...card } = amlodipine();

async function medication(scene: Scene) {
  const [id, patientId] = [newId(), await someone(scene)];
  await (await prescriber(scene)).medication.add({ id, patientId, ...card });
  return { id, patientId };
}

async function prepared(scene: Scene) {
  const [id, patientId] = [newId(), await someone(scene)];
  return (await prescriber(scene)).prescription.prepare({ id, patientId, version: 0, items: [amlodipine()] });
}

async function signed(scene: Scene) {
  return (await prescriber(scene)).prescription.sign(await prepared(scene));
}

export const medicationFactories: Readonly<Record<string, Factory>> = {
  "drug.search": async () => ({ text: "amlodipine" }),
  "medication.read": async (scene) => ({ patientId: await someone(scene) }),
  "medication.add": async (scene) => ({ id: newId(), patientId: await someone(scene), ...card }),
  "medication.change": async (scene) => ({
    id: (await medication(scene)).id,
    version: 1,
    ...card,
    reason: "Hypertension",
  }),
  "medication.stop": async (scene) => ({ id: (await medication(scene)).id, version: 1, reason: "Œdème" }),
  "medication.resume": async (scene) => {
    const { id } = await medication(scene);
    await (await prescriber(scene)).medication.stop({ id, version: 1, reason: "Essai sans" });
    return { id, version: 2 };
  },
  "medication.markInError": async (scene) => ({
    id: (await medication(scene)).id,
    version: 1,
    reason: "Un autre patient",
  }),
  "medication.review": async (scene) => ({ id: newId(), patientId: await someone(scene) }),
  "medication.saveFavourite": async () => ({ id: newId(), ...card }),
  "medication.removeFavourite": async ({ clinic, member }) => {
    const id = newId();
    // One's own, for whoever may have one.
    const isTheirs = member.ctx.membership.permissions.has("chart:write");
    const caller = isTheirs ? callerOf(member, clinic) : await prescriber({ clinic, member });
    await caller.medication.saveFavourite({ id, ...card });
    return { id, version: 1 };
  },
  "medication.print": async (scene) => ({ patientId: await someone(scene) }),
  "prescription.prepare": async (scene) => ({
    id: newId(),
    patientId: await someone(scene),
    version: 0,
    items: [amlodipine()],
  }),
  "prescription.discard": prepared,
  "prescription.sign": async (scene) => {
    await withCard(scene);
    return prepared(scene);
  },
  "prescription.cancel": async (scene) => {
    await withCard(scene);
    const { id, version } = await signed(scene);
    return { id, version, reason: "Patient hospitalisé" };
  },
  "prescription.file": async (scene) => ({ id: (await signed(scene)).id }),
  "prescription.print": async (scene) => ({ id: (await signed(scene)).id }),
};

/** With the one that it corrects, and with what was stopped meanwhile. */
export const everyMedicationId: Readonly<Record<string, Factory>> = {
  "prescription.prepare": async (scene) => {
    const [id, patientId] = [newId(), await someone(scene)];
    const caller = await prescriber(scene);
    const items = [amlodipine()];
    const before = await caller.prescription.prepare({ id, patientId, version: 0, items });
    await caller.prescription.sign(before);
    return { id: newId(), patientId, version: 0, items: [amlodipine()], replacesId: id };
  },
  "prescription.sign": async (scene) => {
    await withCard(scene);
    const [id, patientId] = [newId(), await someone(scene)];
    const caller = await prescriber(scene);
    const item = amlodipine();
    const { medicationId, replaces: _replaces, ...card } = item;
    await caller.medication.add({ id: medicationId, patientId, ...card });
    const { version } = await caller.prescription.prepare({ id, patientId, version: 0, items: [item] });
    const stopped = await caller.medication.stop({ id: medicationId, version: 1, reason: "Toux" });
    return { id, version, restarts: [{ medicationId, version: stopped.version }] };
  },
};
