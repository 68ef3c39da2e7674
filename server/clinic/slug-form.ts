import { z } from "zod";

/** The public address of a clinic: what it may look like, and what the eye takes for the same. Browser-safe. */

export const slugForm = /^[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]$/;

export const slug = z
  .string()
  .max(200, "slugForm")
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => text !== "", "required")
  .refine((text) => slugForm.test(text) && !text.includes("--"), "slugForm");

/** « Clinique médicale du Vieux-Limoilou » → "clinique-medicale-du-vieux-limoilou"; '' when nothing is left (a name in Chinese). */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
}

const lookAlikes: readonly (readonly [RegExp, string])[] = [
  [/-/g, ""],
  // Letters before pairs of them: « c1 » is taken for « cl », and that for « d ».
  [/[1i]/g, "l"],
  [/0/g, "o"],
  [/5/g, "s"],
  [/8/g, "b"],
  [/2/g, "z"],
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/cl/g, "d"],
];

/** Two addresses with the same skeleton could be taken for each other in a mail, so only one of them is ever given. */
export function skeletonOf(slug: string): string {
  return lookAlikes.reduce((text, [from, to]) => text.replaceAll(from, to), slug);
}
