import type { ProfessionCode } from "./professions.ts";
import { skeletonOf, slugForm, slugOf } from "./slug-form.ts";

/** A French word that an address may start with; '' where none reads well. */
const words: Partial<Record<ProfessionCode, string>> = {
  physician: "medicale",
  nurse: "soins",
  dentist: "dentaire",
  "dental-hygienist": "hygiene-dentaire",
  physiotherapist: "physio",
  psychologist: "psychologie",
  dietitian: "nutrition",
  "occupational-therapist": "ergotherapie",
  optometrist: "optometrie",
  chiropractor: "chiro",
  podiatrist: "podiatrie",
  "speech-therapist": "orthophonie",
  "massage-therapist": "masso",
};

/** Addresses near the one that was wished for, the most natural first. Whether they are free is the caller's to see. */
export function proposeSlugs({
  slug,
  name,
  professions,
}: {
  slug: string;
  name: string;
  professions: readonly ProfessionCode[];
}): string[] {
  const prefixes = ["clinique", ...professions.flatMap((code) => words[code] ?? [])];
  const lengthened = prefixes
    .filter((prefix) => !slug.split("-").includes(prefix))
    .map((prefix) => `${prefix}-${slug}`);
  const numbered = [2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${slug}-${number}`);
  const all = [...lengthened, slugOf(name), ...numbered].map((one) => one.slice(0, 60).replace(/-$/, ""));
  const fitting = all.filter(
    (one) => slugForm.test(one) && !one.includes("--") && skeletonOf(one) !== skeletonOf(slug),
  );
  return [...new Set(fitting)];
}
