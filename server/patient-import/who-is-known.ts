import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { toDate, toDay } from "#server/patient/check-dates.ts";
import { nameWords } from "#server/patient/fold-name.ts";
import type { RegisterPatientInput } from "#server/patient/schema.ts";
import { hashNam } from "#server/patient/seal-nam.ts";

interface Row {
  readonly line: number;
  readonly input: RegisterPatientInput | null;
  readonly fileNumber: string;
  readonly key: ClinicKey;
  readonly source: { readonly system: string; readonly id: string };
}

const nameKey = (one: { familyName: string; givenName: string }, birthDate: string | null) =>
  `${nameWords(one.familyName).join(" ")}|${nameWords(one.givenName).join(" ")}|${birthDate}`;
const namKey = ({ input, key }: Row) =>
  input?.nam.value ? Buffer.from(hashNam(key, input.nam.value)).toString("base64") : undefined;

/**
 * Which of these lines are of somebody who is registered, or who came earlier in the same lines: by the number of their program, by file
 * number, and by likeness (same name and birth date, or same NAM), accents aside. Three statements, however many lines.
 */
export async function whoIsKnown(db: Db, clinicId: string, rows: readonly Row[]) {
  const systems = [...new Set(rows.map(({ source }) => source.system))];
  const sources = await db.patient.findMany({
    where: { clinicId, sourceSystem: { in: systems }, sourceId: { in: rows.map(({ source }) => source.id) } },
    select: { sourceSystem: true, sourceId: true },
  });
  const numbers = await db.patient.findMany({
    where: { clinicId, fileNumber: { in: rows.flatMap(({ fileNumber }) => fileNumber || []) } },
    select: { fileNumber: true },
  });
  const dates = [...new Set(rows.flatMap(({ input }) => input?.birthDate ?? []))].map((date) => toDate(date) as Date);
  const hashes = rows.flatMap((row) =>
    row.input?.nam.value ? Buffer.from(hashNam(row.key, row.input.nam.value)) : [],
  );
  const alike = await db.patient.findMany({
    where: {
      clinicId,
      status: { not: "entered-in-error" },
      OR: [{ birthDate: { in: dates } }, { namHash: { in: hashes } }],
    },
    select: { familyName: true, givenName: true, birthDate: true, namHash: true },
  });
  const known = {
    sources: new Set(sources.map(({ sourceSystem, sourceId }) => `${sourceSystem}|${sourceId}`)),
    numbers: new Set(numbers.map(({ fileNumber }) => fileNumber)),
    names: new Set(alike.flatMap((one) => (one.birthDate ? nameKey(one, toDay(one.birthDate)) : []))),
    nams: new Set(alike.flatMap(({ namHash }) => (namHash ? Buffer.from(namHash).toString("base64") : []))),
  };
  /** Asked once per line, in order: the first who comes is new, the second is known. */
  const first = (set: Set<string>, key: string | undefined) => {
    if (key === undefined) return false;
    if (set.has(key)) return true;
    set.add(key);
    return false;
  };
  return {
    source: ({ source }: Row) => first(known.sources, `${source.system}|${source.id}`),
    fileNumber: ({ fileNumber }: Row) => first(known.numbers, fileNumber),
    alike: (row: Row) => {
      const { input } = row;
      const byName = first(known.names, input?.birthDate ? nameKey(input, input.birthDate) : undefined);
      return first(known.nams, namKey(row)) || byName;
    },
  };
}
