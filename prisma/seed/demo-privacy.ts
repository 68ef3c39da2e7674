import { openChart } from "#server/chart/open-chart.ts";
import { sayReason } from "#server/chart/say-reason.ts";
import { recordConsent } from "#server/consent/record-consent.ts";
import { recordConsentInput } from "#server/consent/schema.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { listNotes } from "#server/note/list-notes.ts";
import { listNotesInput } from "#server/note/schema.ts";
import { breakGlass } from "#server/privacy/break-glass.ts";
import { endRestriction } from "#server/privacy/end-restriction.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { readSummary } from "#server/summary/read-summary.ts";

interface People {
  readonly owner: ClinicContext;
  readonly doctor: ClinicContext;
  /** A second doctor of the clinic. */
  readonly colleague: ClinicContext;
}

/**
 * What people closed, who passed it, and who opened what for a reason of their own: so that the chart's page of access and the queue
 * of the person in charge of privacy are as on a day of work.
 */
export async function plantPrivacy({ owner, doctor, colleague }: People, charted: readonly string[]): Promise<void> {
  const [ginette = "", rejean = "", leo = "", mariePier = ""] = charted;
  const notice = (patientId: string, more: object) =>
    restrictPatientInput.parse({
      patientId,
      signedOn: "2026-09-14",
      signerContact: "418 555-0117",
      risksExplained: true,
      ...more,
    });
  await restrictPatient(
    doctor,
    notice(mariePier, {
      target: { kind: "member", userId: colleague.user.id },
      category: "note",
      signerName: "Marie-Pier Ouellet",
      reason: "Son conjoint travaille avec lui.",
    }),
  );
  const lifted = await restrictPatient(
    doctor,
    notice(ginette, {
      target: { kind: "role", role: "trainee" },
      category: "*",
      signerName: "Ginette Bouchard-Tremblay",
    }),
  );
  await endRestriction(doctor, {
    id: lifted.id,
    version: lifted.version,
    reason: "Accepte de nouveau les stagiaires, en personne.",
  });
  await restrictPatient(
    doctor,
    notice(rejean, {
      target: { kind: "member", userId: colleague.user.id },
      category: "*",
      signerName: "Réjean Nadeau",
    }),
  );

  const refused = (patientId: string, purpose: "relatives" | "research" | "teaching", scope: string) =>
    recordConsent(
      doctor,
      recordConsentInput.parse({
        id: newId(),
        patientId,
        purpose,
        decision: "deny",
        scope,
        mode: "oral",
        takenOn: "2026-09-14",
      }),
    );
  await refused(ginette, "relatives", "Aucun renseignement à sa fille sans son accord, à chaque fois.");
  await refused(ginette, "research", "Ne veut pas être approchée pour un projet de recherche.");
  await refused(mariePier, "teaching", "Pas de stagiaire pendant ses rendez-vous.");

  const { id: breakGlassId } = await breakGlass(colleague, {
    patientId: rejean,
    reason: "Amené inconscient à la clinique, médicaments inconnus, l’ambulance est en route.",
  });
  await look({ ...colleague, breakGlassId }, rejean);
  const because = { patientId: ginette, reason: "covering" as const, note: "" };
  await sayReason(colleague, { id: newId(), ...because });
  await look(colleague, ginette);
  await sayReason(colleague, {
    id: newId(),
    patientId: leo,
    reason: "other",
    note: "Question de la garderie sur l’auto-injecteur",
  });
  await look(colleague, leo);
  await sayReason(colleague, { id: newId(), ...because, patientId: mariePier });
  await look(colleague, mariePier);
  await openChart(owner, { patientId: ginette, refresh: false });
}

/** What a professional reads when they open a chart. */
async function look(ctx: ClinicContext, patientId: string): Promise<void> {
  await openChart(ctx, { patientId, refresh: false });
  await readSummary(ctx, { patientId, refresh: false });
  await listNotes(ctx, listNotesInput.parse({ patientId }));
}
