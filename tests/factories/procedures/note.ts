import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestNote, content, makeTrainee, newTab, signTestNote } from "#tests/factories/note.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { makeVisit } from "#tests/factories/waitlist.ts";
import type { Factory, Scene } from "./factory.ts";

async function someone({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx);
  await opens(member, id);
  return id;
}

/** Whoever calls, when they give care; somebody who does, otherwise. */
const writerOf = async ({ clinic, member }: Scene) =>
  member.ctx.membership.permissions.has("chart:write") ? member : makeMember(clinic, "professional");
const draftOf = async (scene: Scene) => beginTestNote(scene.clinic, await writerOf(scene));
/** Begun, and free for any window: whoever began it left. */
async function freeDraft(scene: Scene) {
  const writer = await writerOf(scene);
  const { id, tab } = await beginTestNote(scene.clinic, writer);
  await callerOf(writer, scene.clinic).note.hold({ id, tab, release: true });
  return { id, tab: newTab(), revision: 1, saveId: newId() };
}
const signedBy = async (scene: Scene) => signTestNote(scene.clinic, await writerOf(scene));

/** A visit of somebody, as an appointment. */
async function visit({ clinic, member }: Scene) {
  const { appointmentId, patientId } = await makeVisit(await makeSchedule(clinic), 20);
  await opens(member, patientId);
  return { appointmentId, patientId };
}

async function template(scene: Scene) {
  const id = newId();
  await callerOf(await writerOf(scene), scene.clinic).questionnaire.add({ id, ...questionnaire, own: false });
  return { id, version: 1 };
}

async function phrase(scene: Scene) {
  const id = newId();
  const code = `p${id.replaceAll("-", "").slice(-12)}`;
  await callerOf(await writerOf(scene), scene.clinic).phrase.add({ id, code, ...examination, own: false });
  return { id, version: 1, code };
}

/** A problem of this patient's list. */
async function problemOf(scene: Scene, patientId: string): Promise<string> {
  const [id, writer] = [newId(), await writerOf(scene)];
  await opens(writer, patientId);
  await callerOf(writer, scene.clinic).condition.add({ id, patientId, label: "HTA essentielle" });
  return id;
}

const examination = { title: "Examen", body: "Examen normal." };
const questionnaire = {
  title: "Suivi de plaie",
  profession: "nurse" as const,
  items: [{ linkId: "wound", label: "Plaie", letter: "", type: "text" as const, options: [], unit: "", help: "" }],
};

export const noteFactories: Readonly<Record<string, Factory>> = {
  "note.list": async (scene) => ({ patientId: (await signedBy(scene)).patientId }),
  "note.read": async (scene) => ({ id: (await signedBy(scene)).id }),
  "note.drafts": async (scene) => ({ patientId: (await draftOf(scene)).patientId }),
  "note.unsigned": async () => ({}),
  "note.start": async (scene) => ({
    id: newId(),
    encounterId: newId(),
    patientId: await someone(scene),
    template: { shipped: "soap.fr" },
    tab: newTab(),
  }),
  "note.amend": async (scene) => ({
    id: newId(),
    noteId: (await signedBy(scene)).id,
    relation: "addendum",
    tab: newTab(),
  }),
  "note.open": async (scene) => ({ id: (await draftOf(scene)).id, tab: newTab(), take: true }),
  // Free for any window: whoever began it left.
  "note.save": async (scene) => {
    const writer = await writerOf(scene);
    const draft = await beginTestNote(scene.clinic, writer);
    await callerOf(writer, scene.clinic).note.hold({ id: draft.id, tab: draft.tab, release: true });
    const conditionId = await problemOf(scene, draft.patientId);
    const diagnoses = [{ text: "HTA essentielle", code: "", system: "" as const, conditionId }];
    return { id: draft.id, tab: newTab(), saveId: newId(), revision: 1, ...content("Toux depuis 3 jours."), diagnoses };
  },
  "note.hold": async (scene) => {
    const { id, tab } = await draftOf(scene);
    return { id, tab };
  },
  "note.watch": async (scene) => ({ id: (await draftOf(scene)).id }),
  "note.sign": async (scene) => {
    const writer = await writerOf(scene);
    const draft = await beginTestNote(scene.clinic, writer);
    const saved = await callerOf(writer, scene.clinic).note.save({
      id: draft.id,
      tab: draft.tab,
      saveId: newId(),
      revision: 1,
      ...content("Toux depuis 3 jours."),
    });
    return { id: draft.id, revision: saved.revision };
  },
  "note.cosign": async ({ clinic, member }) => {
    const trainee = await makeTrainee(clinic, member);
    return { id: (await signTestNote(clinic, trainee)).id, version: 2 };
  },
  "note.markInError": async (scene) => ({ id: (await draftOf(scene)).id, version: 1, reason: "Autre patient" }),
  "note.setAudience": async (scene) => ({
    id: (await draftOf(scene)).id,
    version: 1,
    professions: ["psychologist"],
    userIds: [(await makeMember(scene.clinic, "professional")).userId],
  }),
  "note.changeTemplate": async (scene) => {
    return { ...(await freeDraft(scene)), template: { shipped: "telephone.fr" } };
  },
  "note.ofDay": async () => ({ date: "2026-11-30" }),
  "note.localKey": async () => ({ salt: "A".repeat(43) }),
  "encounter.timeline": async (scene) => ({ patientId: (await signedBy(scene)).patientId, unit: "year" }),
  "encounter.change": async (scene) => {
    const writer = await writerOf(scene);
    const { id, tab } = await beginTestNote(scene.clinic, writer);
    const { encounter } = await callerOf(writer, scene.clinic).note.open({ id, tab });
    return { id: encounter.id, version: 1, reason: "Toux", class: "ambulatory" };
  },
  "questionnaire.list": async () => undefined,
  "questionnaire.add": async () => ({ id: newId(), ...questionnaire, own: true }),
  "questionnaire.change": async (scene) => ({
    ...(await template(scene)),
    ...questionnaire,
    title: "Suivi de plaie, pied",
  }),
  "questionnaire.retire": template,
  "phrase.list": async () => undefined,
  "phrase.offered": async (scene) => ({ patientId: await someone(scene) }),
  "phrase.add": async () => {
    const id = newId();
    return { id, code: `p${id.replaceAll("-", "").slice(-12)}`, ...examination, own: true };
  },
  "phrase.change": async (scene) => ({ ...(await phrase(scene)), title: "Examen", body: "Examen normal, {age}." }),
  "phrase.retire": async (scene) => {
    const { id, version } = await phrase(scene);
    return { id, version };
  },
};

/** The ids that the everyday inputs leave out. */
export const everyNoteId: Readonly<Record<string, Factory>> = {
  "note.list": async (scene) => {
    const { id, patientId } = await signedBy(scene);
    return { patientId, after: id, conditionId: await problemOf(scene, patientId) };
  },
  "note.drafts": async (scene) => {
    const { appointmentId, patientId } = await visit(scene);
    await beginTestNote(scene.clinic, scene.member, { appointmentId, patientId });
    // Seen once before: what only refreshes is told once.
    await callerOf(scene.member, scene.clinic).note.drafts({ patientId });
    return { patientId, appointmentId };
  },
  "note.unsigned": async (scene) => ({ after: (await draftOf(scene)).id }),
  "note.start": async (scene) => ({
    id: newId(),
    encounterId: newId(),
    ...(await visit(scene)),
    template: { questionnaireId: (await template(scene)).id },
    tab: newTab(),
  }),
  "note.changeTemplate": async (scene) => {
    return { ...(await freeDraft(scene)), template: { questionnaireId: (await template(scene)).id } };
  },
};
