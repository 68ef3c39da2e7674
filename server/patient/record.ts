import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import { maskNam, namInitials } from "./nam.ts";
import type { AlertSeverity, ContactInput, NamStatus, RelatedPersonInput, Sex } from "./schema.ts";
import { todayIn } from "./today.ts";

/** What every verb about a patient returns. Days are `YYYY-MM-DD`; no NAM but its mask. */

export interface ContactView {
  readonly id: string;
  readonly system: ContactInput["system"];
  readonly use: ContactInput["use"];
  /** As written; a phone in E.164 with its extension (showPhone says it), an address by its street lines. */
  readonly value: string;
  /** E.164 for phones, lower case for e-mail. */
  readonly normalised: string;
  readonly city: string;
  readonly province: string;
  readonly postalCode: string;
  readonly country: string;
  readonly rank: number;
  readonly version: number;
}

export interface RelatedPersonView {
  readonly id: string;
  readonly relationship: RelatedPersonInput["relationship"];
  readonly familyName: string;
  readonly givenName: string;
  readonly phone: string;
  readonly email: string;
  /** What was written: parent, tutor, mandatary, or allowed by the person. */
  readonly mayAct: boolean;
  /** What it comes to today, by the patient’s age and leave (AC-17): the database’s answer. */
  readonly actsToday: boolean;
  readonly grantedOn: string | null;
  readonly grantedUntil: string | null;
  readonly relatedPatientId: string | null;
  readonly version: number;
}

export interface AlertView {
  readonly id: string;
  readonly text: string;
  readonly severity: AlertSeverity;
  readonly until: string | null;
  readonly version: number;
}

/** A line of the clinic’s directory as it stands in a patient’s file. Numbers are E.164 (showPhone says them). */
export interface CareProviderView {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly phone: string;
  readonly fax: string;
}

export interface PatientView {
  readonly id: string;
  readonly fileNumber: string;
  readonly displayName: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthFamilyName: string;
  readonly preferredName: string;
  readonly birthDate: string | null;
  readonly sex: Sex | null;
  /** In the person’s own words; "" when nothing was said. */
  readonly gender: string;
  readonly pronouns: string;
  readonly photoFileId: string | null;
  readonly familyDoctor: CareProviderView | null;
  readonly pharmacy: CareProviderView | null;
  readonly language: "fr" | "en" | "other";
  readonly namMasked: string | null;
  readonly namStatus: NamStatus;
  /** The month printed on the card, `YYYY-MM`. */
  readonly namExpiry: string | null;
  readonly namOverrideReason: string;
  readonly deceasedOn: string | null;
  readonly status: "active" | "inactive" | "entered-in-error" | "merged";
  /** The record that this one was joined to. */
  readonly mergedInto: string | null;
  readonly statusReason: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly lastUpdated: Date;
  /** The live ones, the gravest first. */
  readonly alerts: readonly AlertView[];
  readonly contacts: readonly ContactView[];
  readonly relatedPersons: readonly RelatedPersonView[];
}

/** What clinic.read_patient answers. */
export type PatientRow = Omit<PatientView, "displayName" | "namMasked" | "createdAt" | "lastUpdated"> & {
  readonly namLast2: string | null;
  readonly createdAt: string;
  readonly lastUpdated: string;
};

/** The record inside a verb's own transaction. @throws NotFound also when a restriction closes it. */
export async function readRecord(db: Db, clinicId: string, id: string): Promise<PatientView> {
  const [row] = await db.$queryRaw<{ patient: PatientRow | null }[]>`
    select clinic.read_patient(${clinicId}::uuid, ${id}::uuid) as patient`;
  if (!row?.patient) throw notFound();
  return viewPatient(row.patient);
}

export function viewPatient({ namLast2, ...row }: PatientRow): PatientView {
  return {
    ...row,
    displayName: displayName(row),
    namMasked: maskedNam({ ...row, namLast2 }),
    namStatus: namStatusOn(row),
    namExpiry: row.namExpiry?.slice(0, 7) ?? null,
    createdAt: new Date(row.createdAt),
    lastUpdated: new Date(row.lastUpdated),
  };
}

/** The name in the order in which it is said. */
export function displayName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return `${givenName} ${familyName}`;
}

type NamColumns = Pick<
  PatientRow,
  "namLast2" | "namStatus" | "namOverrideReason" | "familyName" | "birthFamilyName" | "givenName"
>;

/** Shows the four letters only where the names next to them give them away anyhow. */
export function maskedNam(row: NamColumns): string | null {
  if (!row.namLast2) return null;
  if (row.namOverrideReason !== "" || row.namStatus === "newborn-on-parent") return maskNam(row.namLast2);
  return maskNam(row.namLast2, namInitials(row.birthFamilyName || row.familyName, row.givenName));
}

/** A card passes its date without anybody writing it down: the régie's day, which is Québec's. */
export function namStatusOn(
  { namStatus, namExpiry }: Pick<PatientRow, "namStatus" | "namExpiry">,
  today = todayIn("America/Toronto"),
): NamStatus {
  return namStatus === "valid" && namExpiry && namExpiry < today ? "expired" : namStatus;
}
