import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { toDate } from "#server/patient/check-dates.ts";
import { searchText } from "#server/patient/fold-name.ts";
import { nextFileNumbers } from "#server/patient/next-file-number.ts";
import { normaliseContact } from "#server/patient/normalise-contact.ts";
import type { RegisterPatientInput } from "#server/patient/schema.ts";
import { sealNam } from "#server/patient/seal-nam.ts";

export interface RegisteredLine {
  readonly line: number;
  readonly id: string;
  readonly key: ClinicKey;
  readonly today: string;
  readonly input: RegisterPatientInput | null;
  readonly fileNumber: string;
  readonly source: { readonly system: string; readonly id: string };
}

/** Opens a record for each line, by the rules of `patient.register`, in two statements beside the file numbers. @returns line → id */
export async function registerLines(
  db: Db,
  { clinicId, authorId }: { readonly clinicId: string; readonly authorId: string },
  lines: readonly RegisteredLine[],
): Promise<Map<number, string>> {
  const unnumbered = lines.filter(({ input, fileNumber }) => input && fileNumber === "").length;
  const numbers = unnumbered > 0 ? await nextFileNumbers(db, clinicId, unnumbered) : [];
  const patients = [];
  const contacts = [];
  for (const { id, key, today, input, fileNumber, source } of lines) {
    if (!input) continue;
    const { nam, contacts: reach, relatedPersons: _, knownDuplicates: __, id: ___, ...person } = input;
    const own = { clinicId, patientId: id, authorId };
    patients.push({
      ...person,
      ...own,
      id,
      ...sealNam(key, id, nam, input, today),
      birthDate: toDate(person.birthDate),
      deceasedOn: toDate(person.deceasedOn),
      searchText: searchText(person),
      fileNumber: fileNumber || (numbers.shift() ?? ""),
      sourceSystem: source.system,
      sourceId: source.id,
    });
    contacts.push(...reach.map((one) => ({ ...own, id: newId(), ...normaliseContact(one) })));
  }
  if (patients.length > 0) await db.patient.createMany({ data: patients });
  if (contacts.length > 0) await db.patientContact.createMany({ data: contacts });
  return new Map(lines.map(({ line, id }) => [line, id]));
}
