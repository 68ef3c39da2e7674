import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { todayIn } from "#server/patient/today.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import {
  beginTestLetter,
  letterContent,
  signTestLetter,
  signTestReferral,
  templateInput,
} from "#tests/factories/letter.ts";
import type { Factory, Scene } from "./factory.ts";

/** Letters and requests, each by somebody who gives care. */

const today = todayIn("America/Toronto");
async function someone({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx);
  await opens(member, id);
  return id;
}
/** Whoever calls, when they give care; somebody who does, otherwise. */
const writerOf = async ({ clinic, member }: Scene) =>
  member.ctx.membership.permissions.has("chart:write") ? member : makeMember(clinic, "professional");

const draft = async (scene: Scene) => beginTestLetter(scene.clinic, await writerOf(scene), await someone(scene));
const signed = async (scene: Scene) => signTestLetter(scene.clinic, await writerOf(scene), await someone(scene));

async function template(scene: Scene) {
  const input = templateInput();
  await callerOf(await writerOf(scene), scene.clinic).letterTemplate.add(input);
  return { id: input.id, version: 1, title: input.title, content: input.content };
}

async function correspondent(scene: Scene) {
  const id = newId();
  const caller = callerOf(await writerOf(scene), scene.clinic);
  await caller.correspondent.add({ id, kind: "practitioner", familyName: "Lemay" });
  return id;
}

/** A request that was sent. */
async function sent(scene: Scene) {
  const writer = await writerOf(scene);
  const patientId = await someone(scene);
  const { requestId: id, version } = await signTestReferral(scene.clinic, writer, patientId);
  const caller = callerOf(writer, scene.clinic);
  const { version: now } = await caller.referral.markSent({ id, version, on: today, how: "fax" });
  return { id, version: now, patientId, writer };
}

const step = async (scene: Scene) => {
  const { id, version } = await sent(scene);
  return { id, version };
};

async function document(scene: Scene, patientId: string): Promise<string> {
  const writer = await writerOf(scene);
  const id = await sendFile(writer, aLetter("Rapport"));
  await fileDocument(writer.ctx, { ...card, id, version: 1, patientId });
  return id;
}

const sourced = () => [
  { runs: [{ text: "Se sent bien.", source: { kind: "note" as const, id: newId(), on: "2026-11-03" } }] },
];
const sourcedTemplate = () => ({
  fr: { subject: "", body: sourced() },
  en: { subject: "", body: sourced() },
  specialty: "",
  priority: "" as const,
});

export const letterFactories: Readonly<Record<string, Factory>> = {
  "letterTemplate.list": async () => undefined,
  "letterTemplate.add": async () => templateInput({ content: sourcedTemplate() }),
  "letterTemplate.change": async (scene) => ({ ...(await template(scene)), content: sourcedTemplate() }),
  "letterTemplate.retire": async (scene) => {
    const { id, version } = await template(scene);
    return { id, version };
  },
  "letter.list": async (scene) => ({ patientId: await someone(scene) }),
  "letter.to": async (scene) => ({ correspondentId: await correspondent(scene) }),
  "letter.read": async (scene) => ({ id: (await signed(scene)).id }),
  "letter.fields": async (scene) => ({ patientId: await someone(scene), language: "fr" }),
  "letter.attachable": async (scene) => ({ patientId: await someone(scene) }),
  "letter.start": async (scene) => ({ id: newId(), patientId: await someone(scene) }),
  "letter.correct": async (scene) => ({ id: newId(), letterId: (await signed(scene)).id }),
  "letter.save": async (scene) => {
    const { id, revision, patientId } = await draft(scene);
    const recipient = { kind: "correspondent", correspondentId: await correspondent(scene), name: "Dre Lemay" };
    const attachments = [{ kind: "document", ids: [await document(scene, patientId)], title: "Écho" }];
    return {
      id,
      revision,
      saveId: newId(),
      content: letterContent({ recipient, copies: [recipient], attachments, body: sourced() }),
    };
  },
  "letter.preview": async (scene) => {
    const { id, revision } = await draft(scene);
    return { id, revision };
  },
  "letter.sign": async (scene) => {
    const { id, revision } = await draft(scene);
    return { id, revision };
  },
  "letter.discard": async (scene) => ({ id: (await draft(scene)).id, version: 1 }),
  "letter.markInError": async (scene) => ({ id: (await signed(scene)).id, version: 2, reason: "Un autre patient" }),
  "letter.word": async (scene) => ({ id: (await signed(scene)).id }),
  "referral.list": async () => ({}),
  "referral.desk": async () => ({}),
  "referral.open": async (scene) => ({ patientId: (await sent(scene)).patientId }),
  "referral.start": async (scene) => ({ id: newId(), requestId: newId(), patientId: await someone(scene) }),
  "referral.markSent": async (scene) => {
    const { requestId: id, version } = await signTestReferral(
      scene.clinic,
      await writerOf(scene),
      await someone(scene),
    );
    return { id, version, on: today, how: "mail" };
  },
  "referral.markBooked": async (scene) => ({ ...(await step(scene)), on: "2099-01-05", note: "9 h" }),
  "referral.markSeen": async (scene) => ({ ...(await step(scene)), on: today }),
  "referral.receiveReport": async (scene) => {
    const { id, version, patientId } = await sent(scene);
    return { id, version, documentId: await document(scene, patientId) };
  },
  "referral.fileReport": async (scene) => {
    const { id, version, patientId, writer } = await sent(scene);
    const waiting = await sendFile(writer, aLetter("Rapport"));
    return { ...card, id: waiting, version: 1, patientId, answers: { id, version } };
  },
  "referral.cancel": async (scene) => ({ ...(await step(scene)), reason: "A déménagé" }),
  "referral.takeBack": async (scene) => ({ ...(await step(scene)), reason: "Non envoyée" }),
  "referral.expect": async (scene) => ({ ...(await step(scene)), on: "2099-01-05" }),
};

/** The ids that the everyday inputs leave out. */
export const everyLetterId: Readonly<Record<string, Factory>> = {
  "letter.list": async (scene) => {
    const writer = await writerOf(scene);
    const patientId = await someone(scene);
    const { id } = await signTestLetter(scene.clinic, writer, patientId);
    // Seen once before: what only refreshes is told once.
    return { patientId, after: id };
  },
  "letter.to": async (scene) => {
    const correspondentId = await correspondent(scene);
    const recipient = { kind: "correspondent", correspondentId, name: "Dre Lemay" };
    const { id } = await signTestLetter(
      scene.clinic,
      await writerOf(scene),
      await someone(scene),
      letterContent({ recipient }),
    );
    return { correspondentId, after: id };
  },
  "letter.start": async (scene) => ({
    id: newId(),
    patientId: await someone(scene),
    templateId: (await template(scene)).id,
  }),
  "referral.list": async (scene) => ({ view: "open", after: (await sent(scene)).id }),
  "referral.desk": async (scene) => ({ view: "open", after: (await sent(scene)).id }),
  "referral.fileReport": async (scene) => {
    const { id, version, patientId, writer } = await sent(scene);
    const waiting = await sendFile(writer, aLetter("Rapport"));
    const reviewerId = (await makeMember(scene.clinic, "professional")).userId;
    return { ...card, id: waiting, version: 1, patientId, reviewerId, answers: { id, version } };
  },
  "referral.start": async (scene) => {
    const id = newId();
    const caller = callerOf(await writerOf(scene), scene.clinic);
    await caller.letterTemplate.add(templateInput({ id, kind: "referral" }));
    return { id: newId(), requestId: newId(), patientId: await someone(scene), templateId: id };
  },
};
