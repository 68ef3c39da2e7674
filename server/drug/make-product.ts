import { nameWords } from "#server/patient/fold-name.ts";
import type { Extract, ExtractFile } from "./layouts.ts";

/** The lines of one drug, by file. */
export type DrugLines = Partial<Record<ExtractFile, readonly (readonly string[])[]>>;

export interface Product {
  readonly extract: Extract;
  readonly drugCode: number;
  readonly din: string;
  readonly brandFr: string;
  readonly brandEn: string;
  readonly ingredientsFr: string;
  readonly ingredientsEn: string;
  readonly ingredientCodes: string;
  readonly strengthFr: string;
  readonly strengthEn: string;
  readonly formFr: string;
  readonly formEn: string;
  readonly routeFr: string;
  readonly routeEn: string;
  readonly scheduleFr: string;
  readonly scheduleEn: string;
  readonly atc: string;
  readonly company: string;
  readonly human: boolean;
}

export interface ProductWord {
  readonly word: string;
  readonly place: 0 | 1 | 2;
}

/** A column that is written in one language only stands for both. */
const either = (one: string | undefined, other: string | undefined) => one || other || "";
const once = (all: readonly string[]) => [...new Set(all.filter(Boolean))].join(", ");

/** What is chosen, put together from the lines of its files. undefined for a line of drug.txt without a DIN. */
export function makeProduct(extract: Extract, lines: DrugLines): Product | undefined {
  const [drug] = lines.drug ?? [];
  if (!drug) return undefined;
  const [code = "", , category = "", din = "", brand = "", , , , , , , , brandFr = ""] = drug;
  if (!/^\d{1,8}$/.test(din)) return undefined;
  const ingredients = lines.ingred ?? [];
  const pick = (file: ExtractFile, fr: number, en: number) => {
    const all = lines[file] ?? [];
    const column = (at: number, other: number) => once(all.map((line) => capital(either(line[at], line[other]))));
    return [column(fr, en), column(en, fr)] as const;
  };
  const [ingredientsFr, ingredientsEn] = pick("ingred", 11, 2);
  const [formFr, formEn] = pick("form", 3, 2);
  const [routeFr, routeEn] = pick("route", 3, 2);
  const [scheduleFr, scheduleEn] = pick("schedule", 2, 1);
  const owner = (lines.comp ?? []).find((line) => line[4]?.toUpperCase() === "DIN OWNER") ?? lines.comp?.[0];
  return {
    extract,
    drugCode: Number(code),
    din: din.padStart(8, "0"),
    brandFr: either(brandFr, brand),
    brandEn: either(brand, brandFr),
    ingredientsFr,
    ingredientsEn,
    ingredientCodes: ingredients.map((line) => line[1] ?? "").join(";"),
    strengthFr: strengthOf(ingredients, 12, 14).replaceAll(".", ","),
    strengthEn: strengthOf(ingredients, 5, 9),
    formFr,
    formEn,
    routeFr,
    routeEn,
    scheduleFr,
    scheduleEn,
    atc: lines.ther?.[0]?.[1] ?? "",
    company: owner?.[3] ?? "",
    human: category.toUpperCase() === "HUMAN",
  };
}

/** « 10 mg », « 250 mg / 5 mL », « 50 mg + 12,5 mg ». */
function strengthOf(ingredients: readonly (readonly string[])[], unit: number, perUnit: number): string {
  return ingredients
    .filter((line) => line[4])
    .map((line) => {
      const strength = `${line[4]} ${unitOf(either(line[unit], line[5]))}`.trim();
      const [value, per] = [line[7] ?? "", unitOf(either(line[perUnit], line[9]))];
      return value || (per && !/^(tab|cap|comp|co|gél)/i.test(per))
        ? `${strength} / ${[value, per].filter(Boolean).join(" ")}`
        : strength;
    })
    .join(" + ");
}

const units: Readonly<Record<string, string>> = { ML: "mL", MG: "mg", MCG: "mcg", G: "g", UNIT: "U", L: "L" };
const unitOf = (unit: string) => units[unit.toUpperCase()] ?? unit.toLowerCase();

/** Health Canada writes in capitals: « AMLODIPINE (BÉSYLATE) » reads better as « Amlodipine (bésylate) ». */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

/** The words by which it is found: its names and ingredients in both languages, and its DIN. None for what is not for people. */
export function productWords(product: Product): ProductWord[] {
  if (!product.human) return [];
  const { din, brandFr, brandEn, ingredientsFr, ingredientsEn, extract } = product;
  const starts = new Set([brandFr, brandEn, ingredientsFr, ingredientsEn].map((name) => nameWords(name)[0]));
  const words = new Set([...nameWords(`${brandFr} ${brandEn} ${ingredientsFr} ${ingredientsEn}`), din]);
  return [...words].map((word) => {
    const onMarket = starts.has(word) || word === din ? 0 : 1;
    return { word, place: extract === "marketed" ? onMarket : 2 };
  });
}
