import type { Block, RichText, Run } from "#server/note/rich-text-schema.ts";

/**
 * Fields of a letter: « {{Nom du patient}} » in the text of a template, and what stands there once it is filled. Words, not codes: a secretary
 * reads them, and a file of Word holds them. Known in both languages, accents and capitals aside. Pure and browser-safe.
 */

export const fieldGroups = ["patient", "record", "recipient", "author", "clinic", "request"] as const;
export type FieldGroup = (typeof fieldGroups)[number];

interface Field {
  readonly key: string;
  readonly group: FieldGroup;
  readonly fr: string;
  readonly en: string;
  /** Known only when the letter is signed, and never kept in its text: the day, and the NAM, which is whole on paper alone. */
  readonly late?: true;
  /** Chosen by whoever writes, from what the chart holds. */
  readonly chosen?: true;
}

export const fields = [
  { key: "patientname", group: "patient", fr: "Nom du patient", en: "Patient name" },
  { key: "birthdate", group: "patient", fr: "Date de naissance", en: "Birth date" },
  { key: "age", group: "patient", fr: "Âge", en: "Age" },
  { key: "nam", group: "patient", fr: "NAM", en: "RAMQ number", late: true },
  { key: "filenumber", group: "patient", fr: "Numéro de dossier", en: "File number" },
  { key: "patientaddress", group: "patient", fr: "Adresse du patient", en: "Patient address" },
  { key: "patientphone", group: "patient", fr: "Téléphone du patient", en: "Patient phone" },
  { key: "problems", group: "record", fr: "Problèmes actifs", en: "Active problems" },
  { key: "medications", group: "record", fr: "Médicaments actifs", en: "Current medications" },
  { key: "allergies", group: "record", fr: "Allergies", en: "Allergies" },
  { key: "history", group: "record", fr: "Antécédents", en: "History" },
  { key: "vitals", group: "record", fr: "Derniers signes vitaux", en: "Last vital signs" },
  { key: "results", group: "record", fr: "Résultats choisis", en: "Chosen results", chosen: true },
  { key: "note", group: "record", fr: "Note choisie", en: "Chosen note", chosen: true },
  { key: "recipientname", group: "recipient", fr: "Nom du destinataire", en: "Recipient name" },
  {
    key: "recipientspecialty",
    group: "recipient",
    fr: "Spécialité du destinataire",
    en: "Recipient specialty",
  },
  { key: "recipientaddress", group: "recipient", fr: "Adresse du destinataire", en: "Recipient address" },
  { key: "authorname", group: "author", fr: "Nom du signataire", en: "Signatory name" },
  { key: "authortitle", group: "author", fr: "Titre du signataire", en: "Signatory title" },
  { key: "authorpermit", group: "author", fr: "Permis du signataire", en: "Signatory licence" },
  { key: "today", group: "author", fr: "Date du jour", en: "Today’s date", late: true },
  { key: "clinicname", group: "clinic", fr: "Nom de la clinique", en: "Clinic name" },
  { key: "clinicaddress", group: "clinic", fr: "Adresse de la clinique", en: "Clinic address" },
  { key: "clinicphone", group: "clinic", fr: "Téléphone de la clinique", en: "Clinic phone" },
  { key: "specialty", group: "request", fr: "Spécialité demandée", en: "Requested specialty" },
  { key: "priority", group: "request", fr: "Priorité", en: "Priority" },
] as const satisfies readonly Field[];
export type FieldKey = (typeof fields)[number]["key"];

const all: readonly Field[] = fields;
export const fieldOf = (key: string): Field | undefined => all.find((one) => one.key === key);

const fold = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[’‘`]/g, "'")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .trim();
const byWord = new Map(all.flatMap(({ key, fr, en }) => [[fold(fr), key] as const, [fold(en), key] as const]));

/** The field that is called so, in either language. */
export const fieldNamed = (name: string): FieldKey | undefined => byWord.get(fold(name)) as FieldKey | undefined;

export const tokenOf = (key: FieldKey, language: "fr" | "en"): string => `{{${fieldOf(key)?.[language] ?? key}}}`;

/** A field, wherever it stands in a text. */
export const tokenPattern = /\{\{([^{}]{1,60})\}\}/g;

/** What stands for each field: one line, or several that become a list where the field is alone in its paragraph. Absent: nothing is known. */
export type FieldValues = Partial<Record<FieldKey, string | readonly string[]>>;

export interface OpenField {
  /** As it is written. */
  readonly name: string;
  readonly key: FieldKey | null;
}

/** The fields that stand unfilled in a text, each once, in its order. */
export function openFields(text: RichText, subject = ""): OpenField[] {
  const found = new Map<string, OpenField>();
  for (const line of [subject, ...text.map(lineOf)])
    for (const [, name = ""] of line.matchAll(tokenPattern)) {
      const key = fieldNamed(name) ?? null;
      const id = key ?? fold(name);
      if (!found.has(id)) found.set(id, { name: name.trim(), key });
    }
  return [...found.values()];
}

/** Whether a field is filled when the letter is signed, and not before. */
export const isLate = ({ key }: OpenField): boolean => key !== null && fieldOf(key)?.late === true;

const lineOf = ({ runs }: Block) => runs.map((run) => (typeof run === "string" ? run : run.text)).join("");

/** The same text with what is known in place of its fields, each marked with where it came from; what is not known stays as it is. */
export function fillFields(text: RichText, values: FieldValues): RichText {
  return mergeRuns(text).flatMap((block) => fillBlock(block, values));
}

/** The same of a subject, which lists show and registers repeat: nothing of what the record says is put there, and such a field stays open. */
export function fillLine(line: string, values: FieldValues): string {
  return line.replaceAll(tokenPattern, (token, name: string) => {
    const said = fieldOf(fieldNamed(name) ?? "")?.group === "record" ? undefined : saidFor(name, values);
    return said === undefined ? token : typeof said === "string" ? said : said.join(", ");
  });
}

/** A line as it stands, and as it stood before its fields were filled. */
export interface FilledLine {
  readonly pattern: string;
  readonly filled: string;
}

/** A subject follows what is asked while it is typed; once somebody wrote in it, it is theirs. */
export function refillLine(line: string, before: FilledLine | undefined, values: FieldValues): FilledLine {
  const pattern = before?.filled === line ? before.pattern : line;
  return { pattern, filled: fillLine(pattern, values) };
}

const saidFor = (name: string, values: FieldValues) => {
  const key = fieldNamed(name);
  const value = key && values[key];
  return value === undefined || value.length === 0 ? undefined : value;
};

function fillBlock(block: Block, values: FieldValues): Block[] {
  const alone = /^\s*\{\{([^{}]{1,60})\}\}\s*$/.exec(lineOf(block));
  const said = alone?.[1] === undefined ? undefined : saidFor(alone[1], values);
  if (said !== undefined && typeof said !== "string" && said.length > 1) {
    const source = { kind: "variable" as const, name: fieldNamed(alone?.[1] ?? "") ?? "" };
    const depth = block.list && block.depth ? { depth: block.depth } : {};
    return said.map((text) => ({ list: "bullet" as const, ...depth, runs: [{ text, source }] }));
  }
  return [{ ...block, runs: block.runs.flatMap((run) => fillRun(run, values)) }];
}

function fillRun(run: Run, values: FieldValues): Run[] {
  const { text, ...form } = typeof run === "string" ? { text: run } : run;
  const out: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(tokenPattern)) {
    const name = match[1] ?? "";
    const said = saidFor(name, values);
    if (said === undefined) continue;
    if (match.index > from) out.push(formed(text.slice(from, match.index), form));
    const source = { kind: "variable" as const, name: fieldNamed(name) ?? "" };
    out.push({ ...form, text: typeof said === "string" ? said : said.join(", "), source });
    from = match.index + match[0].length;
  }
  if (from < text.length || out.length === 0) out.push(formed(text.slice(from), form));
  return out;
}

const formed = (text: string, form: object): Run => (Object.keys(form).length > 0 ? { ...form, text } : text);

/** Pieces of one form are one piece: a word processor cuts a field in two where it was edited. */
export function mergeRuns(text: RichText): RichText {
  return text.map((block) => {
    const runs: Run[] = [];
    for (const run of block.runs) {
      const last = runs.at(-1);
      if (last !== undefined && sameForm(last, run)) runs[runs.length - 1] = joined(last, run);
      else runs.push(run);
    }
    return { ...block, runs };
  });
}

const formOf = (run: Run) => {
  if (typeof run === "string") return "";
  const { text: _, ...form } = run;
  return JSON.stringify(form);
};
const sameForm = (one: Run, other: Run) =>
  formOf(one) === formOf(other) || (formOf(one) === "{}" && formOf(other) === "");
const textOf = (run: Run) => (typeof run === "string" ? run : run.text);
const joined = (one: Run, other: Run): Run =>
  typeof one === "string" ? one + textOf(other) : { ...one, text: one.text + textOf(other) };

/** What came from these fields says the new value; where there is none any more, the field is back. For another recipient, another specialty. */
export function refill(
  text: RichText,
  values: FieldValues,
  keys: readonly FieldKey[],
  language: "fr" | "en",
): RichText {
  const again = text.map((block) => ({
    ...block,
    runs: block.runs.map((run): Run => {
      if (typeof run === "string" || run.source?.kind !== "variable") return run;
      const key = run.source.name as FieldKey;
      if (!keys.includes(key)) return run;
      const { source: _, ...plain } = run;
      return { ...plain, text: tokenOf(key, language) };
    }),
  }));
  return fillFields(again, values);
}
