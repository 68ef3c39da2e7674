import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { putAside } from "#server/document/put-aside.ts";
import { PART_BYTES } from "#server/document/schema.ts";
import { beginUpload } from "#server/document/upload/begin-upload.ts";
import { receivePart } from "#server/document/upload/receive-part.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import type { Factory, Scene } from "./factory.ts";

async function aPatient({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx);
  await opens(member, id);
  return id;
}
const aReviewer = async ({ clinic }: Scene) => (await makeMember(clinic, "professional")).userId;
const waiting = ({ member }: Scene) => sendFile(member, aLetter("Lettre"));

/** Filed by whoever will call. */
async function filed(scene: Scene) {
  const [id, patientId] = [await waiting(scene), await aPatient(scene)];
  await fileDocument(scene.member.ctx, { id, version: 1, patientId, ...card });
  return { id, patientId };
}

/** All its parts are here. */
async function sent({ member: { ctx } }: Scene): Promise<string> {
  const [id, content] = [newId(), aLetter("Lettre")];
  await beginUpload(ctx, {
    files: [{ id, name: "Lettre.pdf", sizeBytes: content.byteLength, modifiedAt: new Date() }],
  });
  await receivePart(ctx, { id, offset: 0 }, async () => content.subarray(0, PART_BYTES));
  return id;
}

export const documentFactories: Readonly<Record<string, Factory>> = {
  "document.beginUpload": async () => ({
    files: [{ id: newId(), name: "Lettre.pdf", sizeBytes: 1_000, modifiedAt: new Date("2026-11-03T14:00:00Z") }],
  }),
  "document.completeUpload": async (scene) => ({ id: await sent(scene) }),
  "document.uploads": async () => undefined,
  "document.count": async () => undefined,
  "document.inbox": async () => ({}),
  "document.reviews": async () => ({}),
  "document.list": async () => ({ text: "échographie" }),
  "document.read": async (scene) => ({ id: await waiting(scene) }),
  "document.reviewers": async () => undefined,
  "document.file": async (scene) => ({
    id: await waiting(scene),
    version: 1,
    patientId: await aPatient(scene),
    ...card,
    reviewerId: await aReviewer(scene),
  }),
  "document.describe": async (scene) => {
    const { documentType, title, datedOn, sourceAuthor } = card;
    return { id: (await filed(scene)).id, version: 2, documentType, title, datedOn, sourceAuthor };
  },
  "document.unfile": async (scene) => ({ id: (await filed(scene)).id, version: 2, reason: "Autre patiente" }),
  "document.putAside": async (scene) => ({ id: await waiting(scene), version: 1, reason: "duplicate", note: "" }),
  "document.takeBack": async (scene) => {
    const id = await waiting(scene);
    await putAside(scene.member.ctx, { id, version: 1, reason: "duplicate", note: "" });
    return { id, version: 2 };
  },
  "document.address": async (scene) => ({
    id: (await filed(scene)).id,
    version: 2,
    noteId: newId(),
    reviewerId: await aReviewer(scene),
    comment: "À regarder ensemble",
  }),
  "document.signOff": async (scene) => ({
    id: (await filed(scene)).id,
    version: 2,
    noteId: newId(),
    comment: "Rien à faire",
  }),
};

/** The ids that the everyday inputs leave out. */
export const everyDocumentId: Readonly<Record<string, Factory>> = {
  "document.completeUpload": async (scene) => ({ id: await sent(scene), patientId: await aPatient(scene) }),
  "document.inbox": async (scene) => ({ cursor: await waiting(scene) }),
  "document.reviews": async (scene) => ({ cursor: (await filed(scene)).id }),
  "document.list": async (scene) => {
    const { id, patientId } = await filed(scene);
    return { text: "échographie", patientId, cursor: id };
  },
};
