import { recordConsent } from "#server/consent/record-consent.ts";
import { type ConsentPurpose, recordConsentInput } from "#server/consent/schema.ts";
import type { ClinicContext } from "#server/context.ts";
import { addCorrespondent } from "#server/correspondent/add-correspondent.ts";
import { addCorrespondentInput } from "#server/correspondent/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { addAlert } from "#server/patient/add-alert.ts";
import { addRelatedPerson } from "#server/patient/add-related-person.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import { relatedPersonInput } from "#server/patient/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import { updatePatient } from "#server/patient/update-patient.ts";

const doctors = [
  ["Hélène", "Bouchard", "GMF de Limoilou", "418 555-0161", "418 555-0162"],
  ["Marc-André", "Pelletier", "Clinique médicale Saint-Roch", "418 555-0163", "418 555-0164"],
  ["Nadia", "Haddad", "GMF de la Haute-Ville", "418 555-0165", "418 555-0166"],
] as const;
const pharmacies = [
  ["Pharmacie de la 3e Avenue", "Québec", "418 555-0171", "418 555-0172"],
  ["Pharmacie Maizerets", "Québec", "418 555-0173", "418 555-0174"],
] as const;
const alerts = [
  ["Sourde de l’oreille gauche : parler à droite", "info"],
  ["Allergie sévère au latex", "danger"],
  ["Ne pas laisser de message à la maison", "attention"],
] as const;

/** The directory, and what stands in the files of some: a doctor, a pharmacy, a parent, an alert, a consent. */
export async function plantPeople(ctx: ClinicContext, patients: readonly string[]): Promise<void> {
  const add = async (one: object) =>
    (await addCorrespondent(ctx, addCorrespondentInput.parse({ id: newId(), province: "Québec", ...one }))).id;
  const familyDoctors: string[] = [];
  for (const [givenName, familyName, name, phone, fax] of doctors)
    familyDoctors.push(
      await add({ kind: "practitioner", givenName, familyName, name, phone, fax, specialty: "Médecine de famille" }),
    );
  const places: string[] = [];
  for (const [name, city, phone, fax] of pharmacies)
    places.push(await add({ kind: "pharmacy", name, city, phone, fax }));
  for (const [at, id] of patients.slice(0, 24).entries()) {
    const { version, birthDate, familyName } = await readPatient(ctx, { id });
    const familyDoctorId = at % 4 === 3 ? null : (familyDoctors[at % 3] ?? null);
    await updatePatient(ctx, { id, version, changes: { familyDoctorId, pharmacyId: places[at % 2] ?? null } });
    const [text, severity] = alerts[at % 3] ?? alerts[0];
    if (at % 6 === 0) await addAlert(ctx, { id: newId(), patientId: id, text, severity, until: null });
    if (birthDate && Number(todayIn(ctx.clinic.timeZone).slice(0, 4)) - Number(birthDate.slice(0, 4)) < 18) {
      const parent = { relationship: "mother", familyName, givenName: "Isabelle", phone: "418 555-0181", mayAct: true };
      await addRelatedPerson(ctx, { patientId: id, person: relatedPersonInput.parse(parent) });
    }
    if (at % 5 === 0)
      await consent(ctx, id, "disclosure", "permit", "Rapports de consultation à son médecin de famille");
    if (at % 8 === 0) await consent(ctx, id, "teaching", "deny", "Pas d’étudiant ni de stagiaire dans la salle");
  }
}

const consent = (
  ctx: ClinicContext,
  patientId: string,
  purpose: ConsentPurpose,
  decision: "permit" | "deny",
  scope: string,
) =>
  recordConsent(
    ctx,
    recordConsentInput.parse({
      id: newId(),
      patientId,
      purpose,
      decision,
      scope,
      mode: "written",
      takenOn: "2026-09-14",
      textVersion: "2026-01",
    }),
  );
