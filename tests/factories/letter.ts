import { newId } from "#server/db/new-id.ts";
import { letterContentSchema } from "#server/letter/schema.ts";
import { callerOf } from "./caller.ts";
import type { TestClinic, TestMember } from "./clinic.ts";
import { opens } from "./ground.ts";

/** One paragraph per line. */
export const body = (text: string) => text.split("\n").map((line) => ({ runs: line ? [line] : [] }));

/** A finished letter to somebody who is in no directory. */
export const letterContent = (more: object = {}) =>
  letterContentSchema.parse({
    language: "fr",
    recipient: {
      kind: "free",
      name: "Dre Chantal Lemay",
      specialty: "Ophtalmologie",
      address: "10, rue Racine\nSaguenay",
    },
    copies: [],
    subject: "Suivi du diabète",
    body: body("Chère collègue,\nMerci de voir cette patiente."),
    attachments: [],
    ...more,
  });

/** A finished request to a desk. */
export const referralContent = (more: object = {}) =>
  letterContent({
    recipient: { kind: "desk", name: "CRDS du Saguenay–Lac-Saint-Jean" },
    subject: "Rétinopathie",
    specialty: "Ophtalmologie",
    priority: "c",
    ...more,
  });

export async function beginTestLetter(
  clinic: TestClinic,
  author: TestMember,
  patientId: string,
  content = letterContent(),
) {
  const id = newId();
  await opens(author, patientId);
  const caller = callerOf(author, clinic);
  await caller.letter.start({ id, patientId });
  const { revision } = await caller.letter.save({ id, revision: 1, saveId: newId(), content });
  return { id, patientId, revision };
}

export async function signTestLetter(
  clinic: TestClinic,
  author: TestMember,
  patientId: string,
  content = letterContent(),
) {
  const { id, revision } = await beginTestLetter(clinic, author, patientId, content);
  const { documentId } = await callerOf(author, clinic).letter.sign({ id, revision });
  return { id, documentId };
}

export async function beginTestReferral(
  clinic: TestClinic,
  author: TestMember,
  patientId: string,
  content = referralContent(),
) {
  const [id, requestId] = [newId(), newId()];
  await opens(author, patientId);
  const caller = callerOf(author, clinic);
  await caller.referral.start({ id, requestId, patientId });
  const { revision } = await caller.letter.save({ id, revision: 1, saveId: newId(), content });
  return { id, requestId, patientId, revision };
}

/** A signed request, with the version that its next step is made on. */
export async function signTestReferral(
  clinic: TestClinic,
  author: TestMember,
  patientId: string,
  content = referralContent(),
) {
  const { id, requestId, revision } = await beginTestReferral(clinic, author, patientId, content);
  const { documentId } = await callerOf(author, clinic).letter.sign({ id, revision });
  return { id, requestId, documentId, version: 2 };
}

/** A template of a letter, with fields in it. */
export const templateInput = (more: object = {}) => ({
  id: newId(),
  kind: "letter" as const,
  title: "Lettre à un confrère",
  content: {
    fr: {
      subject: "{{Nom du patient}}",
      body: body("Docteur {{Nom du destinataire}},\n{{Problèmes actifs}}\nNé le {{Date de naissance}}, NAM {{NAM}}."),
    },
    en: { subject: "{{Patient name}}", body: body("Born {{Birth date}}.") },
    specialty: "",
    priority: "" as const,
  },
  ...more,
});
