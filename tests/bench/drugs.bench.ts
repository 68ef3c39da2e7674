import { withStaff } from "#server/db/with-staff.ts";
import { type Product, productWords } from "#server/drug/make-product.ts";
import { findDrugs } from "#server/drug/search-drugs.ts";
import { PrescriptionPages } from "#server/medication-request/prescription-pdf.tsx";
import type { SignedContent } from "#server/medication-request/record.ts";
import { nameWords } from "#server/patient/fold-name.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import { contextOf } from "./context-of.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { connect, openWorld } from "./world.ts";

const products = 300_000;
const rounds = 200;
const syllables = "la ri mo ta se xa pri vo lin dor zi cef ami can met tor ben sul ni pra".split(" ");

/** The n-th invented word, always the same; neighbours share their beginning as real names do. */
const word = (n: number) =>
  [n % 20, Math.floor(n / 20) % 20, Math.floor(n / 400) % 20, Math.floor(n / 8000) % 20]
    .map((at) => syllables[at])
    .join("");

const productOf = (n: number): Product => ({
  extract: n % 4 === 0 ? "marketed" : "cancelled",
  drugCode: n + 1,
  din: String(90_000_000 + n),
  brandFr: `${word(n * 7)} ${n % 3 === 0 ? "forte" : "comprimés"} ${(n % 40) * 5}`,
  brandEn: `${word(n * 7)} ${n % 3 === 0 ? "forte" : "tablets"} ${(n % 40) * 5}`,
  ingredientsFr: `${word(n % 3000)}, chlorhydrate de ${word(n % 1700)}`,
  ingredientsEn: `${word(n % 3000)}, ${word(n % 1700)} hydrochloride`,
  ingredientCodes: String(n % 3000),
  strengthFr: `${(n % 40) * 5} mg`,
  strengthEn: `${(n % 40) * 5} mg`,
  formFr: "Comprimé",
  formEn: "Tablet",
  routeFr: "Orale",
  routeEn: "Oral",
  scheduleFr: "Prescription",
  scheduleEn: "Prescription",
  atc: "",
  company: "LABORATOIRES FICTIFS",
  human: true,
});

/** Looking for a drug among 300,000, as a member who has entered; and the pages of a prescription. */
export const run: Bench["run"] = async () => {
  const world = await openWorld({
    folder: ".chevet/bench-drugs",
    plan: { clinics: 2, patients: 200, largest: 100 },
    more: { files: ["tests/bench/drugs.bench.ts", "server/drug/make-product.ts"], make: fill },
  });
  try {
    const ctx = contextOf(world.large);
    const kinds: Record<string, (round: number) => string> = {
      "a DIN": (round) => String(90_000_000 + round * 1301),
      "three letters of a name": (round) => word(round * 53).slice(0, 3),
      "a name": (round) => word(round * 53 * 7),
      ingredient: (round) => word((round * 37) % 3000),
      "a word of everybody's and an ingredient": (round) => `chlorhydrate ${word((round * 37) % 1700)}`,
      "two words of everybody's": () => "chlorhydrate comprimés",
    };
    const rows: Row[] = [];
    for (const [name, ask] of Object.entries(kinds)) {
      const durations: number[] = [];
      for (let round = -20; round < rounds; round += 1) {
        const words = nameWords(ask(Math.max(0, round)));
        const took = await timed(() => withStaff(ctx, (db) => findDrugs(db, words, "fr", 12)));
        if (round >= 0) durations.push(took);
      }
      const times = percentiles(durations);
      rows.push({
        name: `drugs (${products.toLocaleString("fr-CA")}): ${name}`,
        ...times,
        target: "p95 ≤ 50 ms",
        met: times.p95 <= 50,
      });
    }
    rows.push(await pages(4), await pages(50));
    return { rows };
  } finally {
    await world.stop();
  }
};

async function pages(items: number): Promise<Row> {
  const content = contentOf(items);
  const make = () => renderPdf(PrescriptionPages({ content, nam: "BOUG 5853 1417", voided: null }));
  for (let round = 0; round < 3; round += 1) await make();
  const durations: number[] = [];
  for (let round = 0; round < 20; round += 1) durations.push(await timed(make));
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return {
    name: `PDF of ${items} lines`,
    ...percentiles(durations),
    megabytes,
    note: "the most memory that the process took",
  };
}

const contentOf = (count: number): SignedContent => ({
  form: 1,
  number: "2026-000042",
  signedOn: "2026-11-30",
  signedAt: "2026-11-30T15:00:00.000Z",
  replaces: null,
  language: "fr",
  clinic: {
    name: "Clinique Rive-Claire",
    lines: ["1450, rue des Berges", "Québec (Québec) G1J 0A0"],
    phone: "418 555-0120",
  },
  prescriber: {
    name: "Dre Maude Lavallée",
    profession: "physician",
    permitNumber: "00412",
    phone: "418 555-0120",
    signatureLine: "",
    signature: null,
  },
  patient: { name: "Ginette Bouchard-Tremblay", birthDate: "1958-03-14", fileNumber: "1001" },
  items: Array.from({ length: count }, (_, nth) => ({
    medicationId: String(nth),
    replaces: "",
    din: "99110020",
    ingredientCodes: "11",
    dataVersion: "2026-11-01",
    label: `Amlodipine ${nth}`,
    strength: "10 mg",
    form: "Comprimé",
    route: "Orale",
    dose: "1",
    doseHigh: "",
    doseUnit: "tablet",
    frequency: "1-day",
    asNeeded: false,
    instructions: "",
    durationDays: 90,
    quantity: "90",
    repeats: 3,
    noSubstitution: "",
    note: "",
  })),
});

async function fill(adminUrl: string, _clinics: unknown, progress: (done: string) => void): Promise<void> {
  const admin = await connect(adminUrl);
  try {
    const { rows } = await admin.query<{ release: number }>(
      "insert into reference.drug_release (version, state, current, products) values ('bench', 'ready', true, $1) returning release",
      [products],
    );
    const release = rows[0]?.release;
    for (let at = 0; at < products; at += 5000) {
      const part = Array.from({ length: 5000 }, (_, nth) => productOf(at + nth));
      await admin.query(
        `insert into reference.drug_product (release, extract, drug_code, din, brand_fr, brand_en, ingredients_fr, ingredients_en, ingredient_codes,
           strength_fr, strength_en, form_fr, form_en, route_fr, route_en, schedule_fr, schedule_en, atc, company, human)
         select $1, t."extract", t."drugCode", t.din, t."brandFr", t."brandEn", t."ingredientsFr", t."ingredientsEn", t."ingredientCodes", t."strengthFr",
           t."strengthEn", t."formFr", t."formEn", t."routeFr", t."routeEn", t."scheduleFr", t."scheduleEn", t.atc, t.company, t.human
         from jsonb_to_recordset($2::jsonb) as t ("extract" text, "drugCode" int, din text, "brandFr" text, "brandEn" text, "ingredientsFr" text,
           "ingredientsEn" text, "ingredientCodes" text, "strengthFr" text, "strengthEn" text, "formFr" text, "formEn" text, "routeFr" text,
           "routeEn" text, "scheduleFr" text, "scheduleEn" text, atc text, company text, human boolean)`,
        [release, JSON.stringify(part)],
      );
      const words = part.flatMap((one) => productWords(one).map((found) => ({ ...found, one })));
      await admin.query(
        `insert into reference.drug_word (release, place, word, extract, drug_code)
         select $1, t.place, t.word, t.extract, t.code from unnest($2::smallint[], $3::text[], $4::text[], $5::int[]) as t (place, word, extract, code)`,
        [
          release,
          words.map(({ place }) => place),
          words.map((found) => found.word),
          words.map(({ one }) => one.extract),
          words.map(({ one }) => one.drugCode),
        ],
      );
      if (at % 50_000 === 0) progress(`${at} products`);
    }
    await admin.query("analyze reference.drug_product, reference.drug_word");
  } finally {
    await admin.end();
  }
}
