import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { recordConsent } from "#server/consent/record-consent.ts";
import { recordConsentInput } from "#server/consent/schema.ts";
import { addCorrespondent } from "#server/correspondent/add-correspondent.ts";
import { addCorrespondentInput } from "#server/correspondent/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { aSending, filedLetter, mailedLink } from "#tests/factories/communication.ts";
import { opens } from "#tests/factories/ground.ts";
import { giveCard } from "#tests/factories/prescriber.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import type { Factory, Scene } from "./factory.ts";
import type { VisitFactory } from "./visits.ts";

async function aPatient({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx);
  await opens(member, id);
  return id;
}

/** Filed by whoever will call. */
const letter = ({ member }: Scene, patientId?: string) => filedLetter(member, patientId);

async function aFax(scene: Scene): Promise<string> {
  const { patientId, documentId } = await letter(scene);
  const input = aSending({ patientId, documentIds: [documentId], channel: "fax", contact: "418 555-0142" });
  return (await sendDocuments(scene.member.ctx, input)).id;
}
const aLink = async (scene: Scene) => (await mailedLink(scene.clinic, scene.member)).id;

async function aDirectoryLine({ clinic }: Scene): Promise<string> {
  const id = newId();
  await addCorrespondent(
    clinic.owner.ctx,
    addCorrespondentInput.parse({ id, kind: "practitioner", familyName: "Thibodeau", givenName: "Luc" }),
  );
  return id;
}

async function aRefusal({ clinic }: Scene, patientId: string): Promise<string> {
  const input = {
    id: newId(),
    patientId,
    purpose: "disclosure",
    decision: "deny",
    scope: "Rien à mon assureur",
    mode: "written",
    takenOn: "2026-11-01",
  };
  return (await recordConsent(clinic.owner.ctx, recordConsentInput.parse(input))).id;
}

/** As the worker left it, for somebody who gives care. */
async function aWholeChart({ clinic, member }: Scene, patientId: string): Promise<string> {
  await giveCard(clinic, member);
  const [id, fileId] = [newId(), newId()];
  const whose = { clinicId: clinic.id, authorId: member.userId };
  await withStaff(member.ctx, async (db) => {
    await db.storedFile.createMany({
      data: {
        ...whose,
        id: fileId,
        category: "document",
        purpose: "export",
        mediaType: "application/pdf",
        sizeBytes: 1,
        objectKey: `${clinic.id}/${fileId}`,
        sha256: new Uint8Array(32),
      },
    });
    await db.chartExport.createMany({
      data: { ...whose, id, patientId, status: "done", fileId, sizeBytes: 1, expiresAt: new Date(Date.now() + 60_000) },
    });
  });
  return id;
}

const why = { purpose: "care", ground: "care", language: "fr" } as const;
const toOther = { kind: "other" as const, name: "Dr Thibodeau" };
const chart = { language: "fr", parts: ["problems", "notes"] } as const;

export const communicationFactories: Readonly<Record<string, Factory>> = {
  "communication.prepare": async (scene) => {
    const { patientId, documentId } = await letter(scene);
    return { patientId, documentIds: [documentId] };
  },
  "communication.send": async (scene) => {
    const { patientId, documentId } = await letter(scene);
    // Given by hand: a link answers with digits of its own each time.
    return aSending({ patientId, documentIds: [documentId], channel: "hand" });
  },
  "communication.tell": async (scene) => ({
    id: newId(),
    patientId: await aPatient(scene),
    channel: "telephone",
    nature: "Résultat de laboratoire",
    occurredAt: new Date(),
    recipient: toOther,
    ...why,
  }),
  "communication.list": async (scene) => ({ patientId: await aPatient(scene) }),
  "communication.toLookAt": async () => ({}),
  "communication.renewCode": async (scene) => ({ id: await aLink(scene), codeBy: "telephone" }),
  "communication.revoke": async (scene) => ({ id: await aLink(scene) }),
  "communication.markFaxed": async (scene) => ({ id: await aFax(scene), number: "", at: new Date() }),
  "communication.register": async () => ({}),
  "chartExport.begin": async (scene) => {
    await ended(scene);
    return { id: newId(), patientId: await aPatient(scene), ...chart };
  },
  "chartExport.cancel": async (scene) => ({ id: await underWay(scene) }),
  "chartExport.list": async (scene) => ({ patientId: await aPatient(scene) }),
  "integration.fax.read": async () => undefined,
  "integration.fax.change": async ({ clinic }) => {
    const known = await withStaff(clinic.owner.ctx, (db) =>
      db.faxAccount.findFirst({ where: { clinicId: clinic.id } }),
    );
    return {
      version: known?.version ?? null,
      apiUrl: "https://fax.example/api",
      account: "clinique",
      secret: "cle-secrete",
      sender: "",
    };
  },
};

/** One at a time is made for a person: those of earlier calls are over. */
const ended = ({ clinic, member }: Scene) =>
  withStaff(member.ctx, (db) =>
    db.chartExport.updateMany({
      where: { clinicId: clinic.id, status: { in: ["queued", "running"] } },
      data: { status: "cancelled" },
    }),
  );

async function underWay(scene: Scene): Promise<string> {
  const { clinic } = scene;
  const isCarer = ["professional", "trainee"].includes(scene.member.ctx.membership.role);
  const member = isCarer ? scene.member : await makeMember(clinic, "professional");
  const id = newId();
  const patientId = await aPatient(scene);
  await withStaff(member.ctx, (db) =>
    db.chartExport.createMany({
      data: {
        clinicId: clinic.id,
        id,
        patientId,
        authorId: member.userId,
        expiresAt: new Date(Date.now() + 60_000),
      },
    }),
  );
  return id;
}

/** With every id: a correspondent, the whole chart beside a letter, a refusal that was read. */
export const everyCommunicationId: Readonly<Record<string, Factory>> = {
  "communication.prepare": async (scene) => {
    const { patientId, documentId } = await letter(scene);
    return {
      patientId,
      documentIds: [documentId],
      chartExportId: await aWholeChart(scene, patientId),
      correspondentId: await aDirectoryLine(scene),
    };
  },
  "communication.send": async (scene) => {
    const { patientId, documentId } = await letter(scene);
    return aSending({
      patientId,
      documentIds: [documentId],
      chartExportId: await aWholeChart(scene, patientId),
      recipient: { kind: "correspondent", id: await aDirectoryLine(scene) },
      refusals: [await aRefusal(scene, patientId)],
      refusalReason: "Le refus ne vise pas ce destinataire",
      // Given by hand: a link answers with digits of its own each time.
      channel: "hand",
    });
  },
  "communication.tell": async (scene) => {
    const patientId = await aPatient(scene);
    return {
      id: newId(),
      patientId,
      channel: "telephone",
      nature: "Résultat de laboratoire",
      occurredAt: new Date(),
      recipient: { kind: "correspondent", id: await aDirectoryLine(scene) },
      refusals: [await aRefusal(scene, patientId)],
      refusalReason: "Le refus ne vise pas ce destinataire",
      ...why,
    };
  },
  "communication.list": async (scene) => ({ patientId: await aPatient(scene), cursor: newId() }),
  "communication.register": async (scene) => ({ patientId: await aPatient(scene), after: newId() }),
};

/** The page of a link, by a link of its own. */
async function aVisit({ clinic }: TestSchedule) {
  return mailedLink(clinic, await makeMember(clinic, "professional"));
}
export const communicationVisits: Readonly<Record<string, VisitFactory>> = {
  "communication.link": async (place) => ({ token: (await aVisit(place)).token, input: undefined }),
  "communication.openLink": async (place) => {
    const { token, code } = await aVisit(place);
    return { token, input: { code } };
  },
};
