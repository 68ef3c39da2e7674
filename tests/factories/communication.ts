import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { composeDocumentWaiting } from "#server/communication/link/compose-document-waiting.ts";
import { type SendInput, sendInput } from "#server/communication/schema.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { createCaller } from "#server/trpc/router.ts";
import { adultBirthDate } from "./adult.ts";
import { requestContext, type TestClinic, type TestMember } from "./clinic.ts";
import { aLetter, card, sendFile } from "./document.ts";
import { opens } from "./ground.ts";

/** A letter filed in a new patient's chart. */
export async function filedLetter(member: TestMember, patientId?: string) {
  const whose = patientId ?? (await makePatient(member.ctx, { birthDate: adultBirthDate() })).id;
  await opens(member, whose);
  const documentId = await sendFile(member, aLetter("Lettre au Dr Thibodeau"));
  await fileDocument(member.ctx, { id: documentId, version: 1, patientId: whose, ...card });
  return { patientId: whose, documentId };
}

/** What a form sends, for a letter to the patient by a link. */
export const aSending = (more: Partial<SendInput> & Pick<SendInput, "patientId" | "documentIds">): SendInput =>
  sendInput.parse({
    id: newId(),
    channel: "link",
    contact: "rejean@personne.example",
    recipient: { kind: "patient" },
    purpose: "patient-request",
    ground: "consent",
    language: "fr",
    ...more,
  });

/** A link as it is mailed: its token, and the code that staff was shown. */
export async function mailedLink(clinic: TestClinic, member: TestMember, more: Partial<SendInput> = {}) {
  const { patientId, documentId } = await filedLetter(member);
  const { id, code } = await sendDocuments(member.ctx, aSending({ patientId, documentIds: [documentId], ...more }));
  return { id, patientId, documentId, code: code ?? "", token: await mailLink(clinic, member, id) };
}

/** Writes the mail, as the worker does; each writing makes another address. */
export async function mailLink(clinic: TestClinic, member: TestMember, id: string): Promise<string> {
  const worker = { requestId: newId(), job: "deliver-mail", clinicId: clinic.id };
  const subject = { communicationId: id, userId: member.userId };
  const mail = await composeDocumentWaiting(worker, { deliveryId: newId(), locale: "fr", subject });
  return mail?.values.path.split("#")[1] ?? "";
}

/** Whoever has the address of a mail. */
export const recipientOf = ({ slug }: Pick<TestClinic, "slug">, token: string) =>
  createCaller({
    ...requestContext(),
    cookie: () => undefined,
    background: false,
    realm: "visitor",
    clinicSlug: slug,
    visitToken: token,
  });
