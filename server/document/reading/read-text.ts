import { buffer } from "node:stream/consumers";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { todayIn } from "#server/patient/today.ts";
import type { PayloadOf } from "#server/queue/define-job.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import { getFile } from "#server/storage/get-file.ts";
import { indexDocument } from "../index-document.ts";
import type { readDocumentText } from "../jobs.ts";
import type { MediaType } from "./check-document.ts";
import { findProposedPatient, type ProposedPatient, speaksOf } from "./find-patient.ts";
import { findReviewer } from "./find-reviewer.ts";
import { type Proposal, propose } from "./propose.ts";
import { runExtraction } from "./run-extraction.ts";

/**
 * The job: reads a document's words and says what it may be and whose, acting for whoever brought it. Done again it writes the same. A person who
 * has left the clinic, or a document they may no longer see, ends it quietly: nothing depends on it.
 */
export function createTextReader(room: () => FileRoom = processFileRoom) {
  return async (job: JobContext, { documentId: id, userId }: PayloadOf<typeof readDocumentText>): Promise<void> => {
    const ctx = { ...job, forUserId: userId };
    const clinicId = job.clinicId;
    if (!clinicId) throw new TypeError("A document has a clinic.");
    const scope = { clinic: { id: clinicId } };
    try {
      const document = await withStaff(ctx, async (db) => {
        const found = await db.document.findFirst({
          where: { clinicId, id },
          select: { fileName: true, mediaType: true, fileRef: { select: { id: true, objectKey: true } } },
        });
        const clinic = await db.clinic.findFirst({ where: { clinicId }, select: { timeZone: true } });
        return found && clinic && { ...found, today: todayIn(clinic.timeZone) };
      });
      if (!document) return;
      const { fileName, mediaType, fileRef, today } = document;
      const key = await openClinicKey(clinicId, room().vault);
      const content = await buffer(await getFile(scope, fileRef, room()));
      const { state, pages, text } = await runExtraction(content, mediaType as MediaType);
      const proposal = propose(fileName, text, today, mediaType);
      await withStaff(ctx, async (db) => {
        const patient = await findProposedPatient(db, clinicId, key, proposal, fileName, text);
        const reviewerId = await findReviewer(db, clinicId, text);
        const { count } = await db.documentText.updateMany({
          where: { clinicId, id },
          data: {
            state,
            pages,
            content: text,
            proposedType: proposal.type,
            proposedOn: proposal.on ? new Date(`${proposal.on}T00:00:00Z`) : null,
            proposedAuthor: proposal.author,
            proposedTitle: proposal.title,
            proposedReviewerId: reviewerId,
          },
        });
        if (count === 0) return;
        const named = patient && (await namedBeside(db, clinicId, id, patient, key, proposal, fileName, text));
        await db.documentText.updateMany({
          where: { clinicId, id },
          data: { namedPatientId: named?.id ?? null, namedBecause: named?.because ?? null },
        });
        // The chart on which it was dropped stays proposed; that its words say somebody else is told beside it.
        if (patient)
          await db.documentText.updateMany({
            where: { clinicId, id, OR: [{ proposedBecause: null }, { proposedBecause: { not: "chart" } }] },
            data: { proposedPatientId: patient.id, proposedBecause: patient.because },
          });
        await indexDocument(db, clinicId, id);
        // Whoever has it before them sees the proposals come.
        await db.$executeRaw`select pg_notify('chevet_document', ${clinicId})`;
      });
    } catch (error) {
      if (error instanceof DomainError && error.code === "NotFound") return;
      throw error;
    }
  };
}

/** Whom its words name, unless they surely name the one on whose chart it was dropped too: a letter about two people is no mistake. */
async function namedBeside(
  db: Db,
  clinicId: string,
  id: string,
  patient: ProposedPatient,
  key: ClinicKey,
  proposal: Proposal,
  fileName: string,
  text: string,
): Promise<ProposedPatient | null> {
  const kept = await db.documentText.findFirst({
    where: { clinicId, id, proposedBecause: "chart" },
    select: {
      proposedPatientRef: {
        select: {
          id: true,
          namHash: true,
          birthDate: true,
          familyName: true,
          givenName: true,
          birthFamilyName: true,
          preferredName: true,
        },
      },
    },
  });
  const held = kept?.proposedPatientRef;
  if (!held || held.id === patient.id) return patient;
  const { familyName, givenName, birthFamilyName, preferredName, namHash } = held;
  const one = {
    family_name: familyName,
    given_name: givenName,
    birth_family_name: birthFamilyName,
    preferred_name: preferredName,
    namHash,
    birthDate: held.birthDate?.toISOString().slice(0, 10) ?? null,
  };
  return speaksOf(one, key, proposal, fileName, text) ? null : patient;
}
