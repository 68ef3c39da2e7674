import { makePatient } from "#prisma/seed/fictional-patient.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { adultBirthDate } from "#tests/factories/adult.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import type { Factory, Scene } from "./factory.ts";

/** What is written of a patient, each by somebody who gives care there. */

const carers = new WeakMap<TestClinic, Promise<{ token: string; ctx: ClinicContext }>>();

/** One professional per clinic: the owner who registers patients gives no care. */
async function carerOf(clinic: TestClinic) {
  const known = carers.get(clinic) ?? makeMember(clinic, "professional");
  carers.set(clinic, known);
  return known;
}
const carer = async ({ clinic }: Scene) => callerOf(await carerOf(clinic), clinic);

async function someone({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx, { birthDate: adultBirthDate() });
  for (const one of [member, await carerOf(clinic)]) await opens(one, id);
  return id;
}

async function condition(scene: Scene) {
  const [id, patientId] = [newId(), await someone(scene)];
  await (await carer(scene)).condition.add({ id, patientId, label: "Hypertension artérielle", onset: "2014" });
  return { id, patientId };
}

async function observation(scene: Scene) {
  const [id, patientId] = [newId(), await someone(scene)];
  await (await carer(scene)).observation.record({
    patientId,
    panelId: newId(),
    at: new Date(),
    values: [{ ...pulse, id }],
  });
  return { id, patientId };
}

const pulse = { code: "heart-rate", value: "72" };
const problem = { label: "Diabète de type 2", onset: "2017" };
const penicillin = { substance: "Pénicilline", reaction: "urticaire", severity: "moderate" as const };
const surgery = { kind: "personal" as const, label: "Cholécystectomie", occurred: "1999" };
const flu = { vaccine: "Grippe", occurred: "2025-11-03", lot: "A1234" };

export const recordFactories: Readonly<Record<string, Factory>> = {
  "allergy.add": async (scene) => ({ id: newId(), patientId: await someone(scene), ...penicillin }),
  "allergy.stateNone": async (scene) => ({ id: newId(), patientId: await someone(scene) }),
  "allergy.change": async (scene) => {
    const id = newId();
    await (await carer(scene)).allergy.add({ id, patientId: await someone(scene), ...penicillin });
    return { id, version: 1, ...penicillin, severity: "severe" };
  },
  "condition.add": async (scene) => ({ id: newId(), patientId: await someone(scene), ...problem }),
  "condition.change": async (scene) => ({ id: (await condition(scene)).id, version: 1, ...problem }),
  "condition.order": async (scene) => {
    const { id, patientId } = await condition(scene);
    return { patientId, order: [{ id, version: 1 }] };
  },
  "flowsheet.read": async (scene) => ({ patientId: await someone(scene), key: "diabetes" }),
  "growth.read": async (scene) => ({ patientId: await someone(scene) }),
  "history.add": async (scene) => ({ id: newId(), patientId: await someone(scene), ...surgery }),
  "history.change": async (scene) => {
    const id = newId();
    await (await carer(scene)).history.add({ id, patientId: await someone(scene), ...surgery });
    return { id, version: 1, ...surgery, note: "Par laparoscopie" };
  },
  "immunization.add": async (scene) => ({ id: newId(), patientId: await someone(scene), ...flu }),
  "immunization.change": async (scene) => {
    const id = newId();
    await (await carer(scene)).immunization.add({ id, patientId: await someone(scene), ...flu });
    return { id, version: 1, ...flu, site: "left-arm" };
  },
  "observation.record": async (scene) => ({
    patientId: await someone(scene),
    panelId: newId(),
    at: new Date(),
    values: [{ ...pulse, id: newId() }],
  }),
  "observation.change": async (scene) => ({
    id: (await observation(scene)).id,
    version: 1,
    at: new Date(),
    value: "74",
  }),
  "observation.series": async (scene) => ({ patientId: (await observation(scene)).patientId, codes: ["heart-rate"] }),
  "recordEntry.versions": async (scene) => ({ kind: "condition", id: (await condition(scene)).id }),
  "recordEntry.markInError": async (scene) => ({
    kind: "condition",
    id: (await condition(scene)).id,
    version: 1,
    reason: "Un autre patient",
  }),
  "summary.read": async (scene) => ({ patientId: await someone(scene) }),
  "terminology.search": async () => ({ kind: "problem", text: "hyper" }),
  "terminology.import": async () => ({ csv: "kind;code;fr;en\nproblem;orteil-noir;Orteil noir;Black toe\n" }),
  "timeline.read": async (scene) => ({ patientId: await someone(scene), within: "2026" }),
};

/** With every id that the input may hold. */
export const everyRecordId: Readonly<Record<string, Factory>> = {
  "observation.record": async (scene) => {
    const [patientId, writer] = [await someone(scene), await carerOf(scene.clinic)];
    const reportId = await sendFile(writer, aLetter("Bilan"));
    await fileDocument(writer.ctx, { id: reportId, version: 1, patientId, ...card });
    return { patientId, panelId: newId(), at: new Date(), reportId, values: [{ ...pulse, id: newId() }] };
  },
};
