import { DomainError } from "#server/errors.ts";
import { nameWords } from "#server/patient/fold-name.ts";
import { namWarnings, parseNam } from "#server/patient/nam.ts";
import { normaliseContact } from "#server/patient/normalise-contact.ts";
import { readDateIn } from "#server/patient/parse-search.ts";
import { type RegisterPatientInput, registerPatientInput } from "#server/patient/schema.ts";
import { dateOf } from "./propose-date-order.ts";
import type { DateOrder, ImportField, Mapping } from "./schema.ts";

/** Field → key of the sentence (namespace `errors`). */
export type LineErrors = Partial<Record<ImportField, string>>;

export interface ReadLine {
  readonly input: RegisterPatientInput | null;
  readonly fileNumber: string;
  readonly sourceId: string;
  readonly errors: LineErrors;
}

const sexes: Readonly<Record<string, "female" | "male" | "other" | "unknown">> = {
  ...{ f: "female", femme: "female", feminin: "female", female: "female", w: "female" },
  ...{ m: "male", h: "male", homme: "male", masculin: "male", male: "male" },
  ...{ x: "other", autre: "other", other: "other", i: "unknown", u: "unknown", inconnu: "unknown", unknown: "unknown" },
};
const languages: Readonly<Record<string, "fr" | "en" | "other">> = {
  ...{ f: "fr", fr: "fr", francais: "fr", french: "fr", fra: "fr", fre: "fr" },
  ...{ a: "en", e: "en", en: "en", anglais: "en", english: "en", eng: "en" },
};
const folded = (text: string) => nameWords(text).join(" ");

/**
 * What one line says of a person, read as widely as a human would: dates in the order of the file, words for sexes and languages. What cannot be
 * read is an error beside its cell, and the line waits. Pure.
 * @param today `YYYY-MM-DD`, in the clinic
 */
export function readLine(
  cells: readonly string[],
  mapping: Mapping,
  today: string,
  order: DateOrder = "day",
): ReadLine {
  const errors: LineErrors = {};
  const cell = (field: ImportField) => {
    const at = mapping[field];
    return at === undefined ? "" : (cells[at] ?? "").trim();
  };
  const word = <Value>(field: ImportField, words: Readonly<Record<string, Value>>, none: Value, other: Value) =>
    cell(field) === "" ? none : (words[folded(cell(field))] ?? other);
  const birthDate = cell("birthDate") === "" ? null : (readDateIn(dateOf(cell("birthDate")), order) ?? null);
  if (cell("birthDate") !== "" && !birthDate)
    errors.birthDate = isOtherOrder(cell("birthDate"), order) ? "import.dateOrder" : "patient.date";
  if (birthDate && birthDate > today) errors.birthDate = "patient.dateInFuture";
  const sex = word("sex", sexes, null, undefined);
  if (sex === undefined) errors.sex = "import.sex";
  const names = {
    familyName: cell("familyName"),
    givenName: cell("givenName"),
    birthFamilyName: cell("birthFamilyName"),
  };
  const expiry = readMonth(cell("namExpiry"), order);
  if (cell("namExpiry") !== "" && !expiry && cell("nam") !== "") errors.namExpiry = "patient.namExpiry";
  const nam = readNam(cell("nam"), expiry, { ...names, birthDate, sex: sex ?? null }, today, errors);
  const contacts = readContacts(cell, errors);
  const parsed = registerPatientInput.safeParse({
    ...names,
    preferredName: cell("preferredName"),
    birthDate,
    sex: sex ?? null,
    gender: cell("gender"),
    pronouns: cell("pronouns"),
    language: word("language", languages, "fr", "other"),
    nam,
    contacts,
  });
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0] as ImportField;
    if (field in mapping) errors[field] ??= issue.message;
  }
  const fileNumber = cell("fileNumber").toUpperCase();
  if (fileNumber !== "" && !/^[A-Z0-9-]{1,20}$/.test(fileNumber)) errors.fileNumber = "import.fileNumber";
  if (!parsed.success && Object.keys(errors).length === 0) errors.familyName = "invalid";
  const clean = Object.keys(errors).length === 0;
  return {
    input: clean && parsed.success ? parsed.data : null,
    fileNumber,
    sourceId: cell("sourceId").slice(0, 100),
    errors,
  };
}

/** A date, and of another order than the file's: the column was not read as it is written. */
const isOtherOrder = (text: string, order: DateOrder) =>
  readDateIn(dateOf(text), order === "day" ? "month" : "day") !== undefined;

/** A card that does not agree with the person is kept as it is, and says so: there is nobody to ask (AC-51). */
function readNam(
  text: string,
  expiry: string | null,
  holder: Parameters<typeof namWarnings>[1],
  today: string,
  errors: LineErrors,
): RegisterPatientInput["nam"] {
  if (text === "") return { value: null, expiry: null, status: "absent", overrideReason: "" };
  const nam = parseNam(text, today);
  if (typeof nam === "string") {
    errors.nam = nam === "format" ? "patient.namFormat" : "patient.namDate";
    return { value: null, expiry: null, status: "absent", overrideReason: "" };
  }
  const warnings = namWarnings(nam, holder);
  const overrideReason = warnings.length > 0 ? `Importation : ${warnings.join(", ")}` : "";
  return { value: nam.value, expiry, status: "valid", overrideReason };
}

/** `2027-05`, `2027-05-31`, `05/2027`, `2705`. */
function readMonth(text: string, order: DateOrder): string | null {
  const whole = readDateIn(text, order);
  if (whole) return whole.slice(0, 7);
  const [, year, month] = /^(\d{4})[-/ ]?(\d{2})$/.exec(text) ?? [];
  const [, monthFirst, yearLast] = /^(\d{1,2})[-/ ](\d{4})$/.exec(text) ?? [];
  const [, shortYear, shortMonth] = /^(\d{2})[-/ ]?(\d{2})$/.exec(text) ?? [];
  const found = year
    ? `${year}-${month}`
    : yearLast
      ? `${yearLast}-${monthFirst?.padStart(2, "0")}`
      : shortYear
        ? `20${shortYear}-${shortMonth}`
        : "";
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(found) ? found : null;
}

function readContacts(cell: (field: ImportField) => string, errors: LineErrors): Record<string, unknown>[] {
  const said: [ImportField, Record<string, unknown>][] = [];
  for (const use of ["mobile", "home", "work"] as const)
    if (cell(use) !== "") said.push([use, { system: "phone", use, value: cell(use) }]);
  if (cell("email") !== "") said.push(["email", { system: "email", use: "home", value: cell("email").toLowerCase() }]);
  if (cell("street") !== "") {
    const place = { city: cell("city"), province: cell("province") || "Québec", postalCode: cell("postalCode") };
    said.push(["street", { system: "address", use: "home", value: cell("street"), ...place }]);
  }
  const contact = registerPatientInput.shape.contacts.unwrap().element;
  return said.flatMap(([field, input], at) => {
    const parsed = contact.safeParse({ ...input, rank: at + 1 });
    const fault = parsed.success ? faultOf(() => normaliseContact(parsed.data)) : parsed.error.issues[0]?.message;
    if (!fault) return [{ ...input, rank: at + 1 }];
    errors[fault === "postalCode" ? "postalCode" : field] = fault;
    return [];
  });
}

/** The sentence of what a rule refuses; undefined when it lets it through. */
function faultOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return Object.values(error.fields)[0] ?? error.key;
    throw error;
  }
}
