import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A small extract in Health Canada's own layout, for tests and the demo: products nobody makes, under DINs that nobody was given (99…),
 * of ingredients that everybody knows.
 */
interface Invented {
  readonly code: number;
  readonly brand: string;
  readonly en: string;
  readonly fr: string;
  readonly strengths: readonly string[];
  readonly unit?: string;
  readonly form: readonly [en: string, fr: string];
  readonly route?: readonly [en: string, fr: string];
  readonly atc: string;
  readonly extract?: "" | "_ap" | "_dr" | "_ia";
  readonly category?: string;
}

const tablet = ["TABLET", "COMPRIMÉ"] as const;
const capsule = ["CAPSULE", "CAPSULE"] as const;

const invented: readonly Invented[] = [
  {
    code: 11,
    brand: "FICTALDIPINE",
    en: "AMLODIPINE",
    fr: "AMLODIPINE",
    strengths: ["2.5", "5", "10"],
    form: tablet,
    atc: "C08CA01",
  },
  {
    code: 12,
    brand: "FICTASARTAN",
    en: "CANDESARTAN",
    fr: "CANDÉSARTAN",
    strengths: ["8", "16", "32"],
    form: tablet,
    atc: "C09CA06",
  },
  {
    code: 13,
    brand: "FICTAGLIFLO",
    en: "EMPAGLIFLOZIN",
    fr: "EMPAGLIFLOZINE",
    strengths: ["10", "25"],
    form: tablet,
    atc: "A10BK03",
  },
  {
    code: 14,
    brand: "FICTAFORMINE",
    en: "METFORMIN",
    fr: "METFORMINE",
    strengths: ["500", "850"],
    form: tablet,
    atc: "A10BA02",
  },
  {
    code: 15,
    brand: "FICTASTATINE",
    en: "ROSUVASTATIN",
    fr: "ROSUVASTATINE",
    strengths: ["5", "10", "20"],
    form: tablet,
    atc: "C10AA07",
  },
  {
    code: 16,
    brand: "FICTATHYROX",
    en: "LEVOTHYROXINE",
    fr: "LÉVOTHYROXINE",
    strengths: ["50", "88", "100"],
    unit: "MCG",
    form: tablet,
    atc: "H03AA01",
  },
  {
    code: 17,
    brand: "FICTAMINOPHÈNE",
    en: "ACETAMINOPHEN",
    fr: "ACÉTAMINOPHÈNE",
    strengths: ["325", "500"],
    form: tablet,
    atc: "N02BE01",
  },
  {
    code: 18,
    brand: "FICTOPROLOL",
    en: "BISOPROLOL",
    fr: "BISOPROLOL",
    strengths: ["2.5", "5"],
    form: tablet,
    atc: "C07AB07",
  },
  {
    code: 19,
    brand: "FICTOXICILLINE",
    en: "AMOXICILLIN",
    fr: "AMOXICILLINE",
    strengths: ["250", "500"],
    form: capsule,
    atc: "J01CA04",
  },
  {
    code: 20,
    brand: "FICTASERTRAL",
    en: "SERTRALINE",
    fr: "SERTRALINE",
    strengths: ["50", "100"],
    form: capsule,
    atc: "N06AB06",
  },
  {
    code: 21,
    brand: "FICTAPRAZOLE",
    en: "PANTOPRAZOLE",
    fr: "PANTOPRAZOLE",
    strengths: ["20", "40"],
    form: tablet,
    atc: "A02BC02",
  },
  {
    code: 22,
    brand: "FICTAMOL",
    en: "SALBUTAMOL",
    fr: "SALBUTAMOL",
    strengths: ["100"],
    unit: "MCG",
    form: ["AEROSOL", "AÉROSOL"],
    route: ["INHALATION", "INHALATION"],
    atc: "R03AC02",
  },
  {
    code: 23,
    brand: "FICTANCIEN",
    en: "RAMIPRIL",
    fr: "RAMIPRIL",
    strengths: ["5"],
    form: capsule,
    atc: "C09AA05",
    extract: "_ia",
  },
  {
    code: 24,
    brand: "FICTAVENIR",
    en: "APIXABAN",
    fr: "APIXABAN",
    strengths: ["5"],
    form: tablet,
    atc: "B01AF02",
    extract: "_ap",
  },
  {
    code: 25,
    brand: "FICTADORMANT",
    en: "FUROSEMIDE",
    fr: "FUROSÉMIDE",
    strengths: ["40"],
    form: tablet,
    atc: "C03CA01",
    extract: "_dr",
  },
  {
    code: 26,
    brand: "FICTACANIN",
    en: "CARPROFEN",
    fr: "CARPROFÈNE",
    strengths: ["75"],
    form: tablet,
    atc: "QM01AE91",
    category: "VETERINARY",
  },
];

/** The files by name, each its whole text. */
export function inventedExtract(): Record<string, string> {
  const files: Record<string, string[][]> = {};
  for (const one of invented)
    one.strengths.forEach((strength, at) => {
      const code = String(99_000 + one.code * 10 + at);
      const din = `99${one.code}00${at}0`;
      const end = one.extract ?? "";
      const add = (file: string, ...fields: string[]) => {
        const name = `${file}${end}.txt`;
        files[name] = [...(files[name] ?? []), [code, ...fields]];
      };
      const category = one.category ?? "HUMAN";
      const unit = one.unit ?? "MG";
      const status = { "": "MARKETED", _ap: "APPROVED", _dr: "DORMANT", _ia: "CANCELLED POST MARKET" }[end];
      const [routeEn, routeFr] = one.route ?? ["ORAL", "ORALE"];
      add(
        "drug",
        category,
        category,
        din,
        `${one.brand} ${strength}`,
        "",
        "N",
        "",
        "1",
        "01-NOV-2026",
        "",
        category,
        `${one.brand} ${strength}`,
        "",
      );
      // DRUG_CODE, then the columns of QRYM_DRUG_PRODUCT from PRODUCT_CATEGORIZATION on.
      add("ingred", String(one.code), one.en, "I", strength, unit, "", "", "N", "", "", one.fr, unit, "", "");
      add("form", "74", one.form[0], one.form[1]);
      add("route", "56", routeEn, routeFr);
      add("status", "Y", status, "01-NOV-2026", status, "", "");
      add("ther", one.atc, one.en, one.fr);
      add("schedule", "Prescription", "Prescription");
      add("package", "", "", "", "100", "", "", "");
      add(
        "comp",
        "1",
        "1",
        "LABORATOIRES FICTIFS INC",
        "DIN OWNER",
        "Y",
        "N",
        "Y",
        "",
        "",
        "1 RUE IMAGINÉE",
        "QUEBEC",
        "QUEBEC",
        "CANADA",
        "G1K 1A1",
        "",
        "QUÉBEC",
        "CANADA",
      );
      add("pharm", "MFR");
      if (category === "VETERINARY") add("vet", "DOGS", "", "CHIENS");
      if (one.code === 24) add("biosimilar", "Not a biosimilar", "Pas un biosimilaire", "1");
    });
  const quoted = (fields: readonly string[]) => fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(",");
  return Object.fromEntries(
    Object.entries(files).map(([name, lines]) => [name, `${lines.map(quoted).join("\r\n")}\r\n`]),
  );
}

/** @returns a folder of its own with the files in it */
export async function writeInventedExtract(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chevet-drugs-"));
  for (const [name, text] of Object.entries(inventedExtract())) await writeFile(join(folder, name), text);
  return folder;
}
