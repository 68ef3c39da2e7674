import { type MergeField, mergeFields } from "./schema.ts";

export type MergeValues = Readonly<Record<MergeField, string>>;

const byName: ReadonlyMap<string, MergeField> = new Map(
  (Object.entries(mergeFields) as [MergeField, { fr: string; en: string }][]).flatMap(([field, { fr, en }]) => [
    [fr, field],
    [en, field],
  ]),
);
const braces = /\{([^{}\n]{0,40})\}/g;

/** Puts the values in their places. A value is text and stays text: braces in a clinic's name are no field. */
export function fillText(text: string, values: MergeValues): string {
  return text.replace(braces, (whole, name: string) => {
    const field = byName.get(name);
    return field ? values[field] : whole;
  });
}

/** The names in braces that are no field of ours: `{diagnostic}` would be sent as it is written. */
export function unknownFields(text: string): string[] {
  return [...text.matchAll(braces)].map((match) => match[1] ?? "").filter((name) => !byName.has(name));
}

/** Whether the text leads to the visit. */
export function hasLink(text: string): boolean {
  return [...text.matchAll(braces)].some((match) => byName.get(match[1] ?? "") === "link");
}
