/**
 * The measures that Chevet knows by itself: what they are called, in which unit they are kept, what no living person can have (refused),
 * and what is out of the ordinary at an age (coloured). Data only; pure and browser-safe.
 *
 * Sources. Vital signs of children: Pediatric Advanced Life Support, American Heart Association, 2020 (heart and breathing rates awake,
 * and pressures). Pressure of adults: Hypertension Canada, primary care guideline, CMAJ 2025 (130/80). Body mass index of adults:
 * Health Canada, 2003. A laboratory's value is judged by the range that came with it, never by one of ours.
 *
 * What is impossible at an age is generous on purpose: a living patient is never refused, only a slip of the hand. Rates and pressures
 * reach past the rhythms and shocks that PALS and APLS (Advanced Paediatric Life Support, 6th edition) treat: an infant's supraventricular
 * tachycardia of 300, a complete block at 30. Sizes reach past the flags of the World Health Organization (WHO Anthro: z-scores of −6 and
 * +5 or +6), to the extremes that were ever written: 5.4 kg and 63 cm for an adult, 163 cm at five years, 272 cm. `likely` is about four
 * standard deviations of the WHO standards (2006, 2007) around the median: outside, it is asked whether that is so. Of vital signs it is
 * what a clinic sees in a week, a child that cries with a fever and an old heart block included; outside is a digit too many.
 *
 * This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation
 * Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a
 * registered United States trademark of Regenstrief Institute, Inc.
 */

/** Ordinary values until an age, in years; the first band that the age is under holds. */
export interface Band {
  readonly untilYears: number;
  readonly low?: number;
  readonly high?: number;
}

/** Until an age, in years: what a living person may have, and outside what one asks whether it is so. */
export interface AgeLimits {
  readonly untilYears: number;
  readonly limits: readonly [least: number, most: number];
  readonly likely?: readonly [least: number, most: number];
}

export interface Measure {
  /** Also the series' code in clinic.observation. */
  readonly key: string;
  /** The LOINC code, where there is one. */
  readonly loinc?: string;
  readonly fr: string;
  readonly en: string;
  /** As a narrow column shows it. */
  readonly shortFr: string;
  readonly shortEn: string;
  /** The unit that it is kept in; "" for a pure number or a finding. */
  readonly unit: string;
  /** Other units that it may be given in: value × factor + offset is in `unit`. */
  readonly units?: Readonly<Record<string, { readonly factor: number; readonly offset?: number }>>;
  /** What is impossible at any age is outside. Absent: a finding in words. */
  readonly limits?: readonly [number, number];
  /** Where the age matters, what is impossible then; the first whose age one is under holds. */
  readonly ages?: readonly AgeLimits[];
  /** What is ordinary enough to be written without a question at any age, where no `ages` says it. */
  readonly likely?: readonly [number, number];
  readonly decimals: number;
  readonly bands?: readonly Band[];
  readonly group: "vital" | "growth" | "laboratory" | "examination";
  /** Words that name it in the quick-add bar, folded. */
  readonly words: readonly string[];
  /** Calculated from others, never entered. */
  readonly derived?: true;
}

const everAfter = Number.POSITIVE_INFINITY;

export const measures: readonly Measure[] = [
  {
    key: "bp-systolic",
    loinc: "8480-6",
    fr: "Tension artérielle systolique",
    en: "Systolic blood pressure",
    shortFr: "TA systolique",
    shortEn: "Systolic BP",
    unit: "mmHg",
    limits: [20, 320],
    ages: [
      { untilYears: 1 / 12, limits: [20, 180], likely: [40, 120] },
      { untilYears: 1, limits: [20, 180], likely: [50, 130] },
      { untilYears: 6, limits: [30, 260], likely: [60, 135] },
      { untilYears: 12, limits: [30, 260], likely: [70, 155] },
      { untilYears: 18, limits: [30, 320], likely: [70, 190] },
      { untilYears: everAfter, limits: [30, 320], likely: [70, 220] },
    ],
    decimals: 0,
    bands: [
      { untilYears: 1, low: 70, high: 104 },
      { untilYears: 3, low: 74, high: 106 },
      { untilYears: 6, low: 80, high: 112 },
      { untilYears: 10, low: 90, high: 115 },
      { untilYears: 13, low: 90, high: 120 },
      { untilYears: everAfter, low: 90, high: 129 },
    ],
    group: "vital",
    words: [],
  },
  {
    key: "bp-diastolic",
    loinc: "8462-4",
    fr: "Tension artérielle diastolique",
    en: "Diastolic blood pressure",
    shortFr: "TA diastolique",
    shortEn: "Diastolic BP",
    unit: "mmHg",
    limits: [10, 220],
    ages: [
      { untilYears: 1 / 12, limits: [10, 140], likely: [15, 80] },
      { untilYears: 1, limits: [10, 140], likely: [20, 85] },
      { untilYears: 6, limits: [10, 180], likely: [25, 95] },
      { untilYears: 12, limits: [10, 180], likely: [30, 105] },
      { untilYears: 18, limits: [10, 220], likely: [35, 120] },
      { untilYears: everAfter, limits: [10, 220], likely: [35, 130] },
    ],
    decimals: 0,
    bands: [
      { untilYears: 1, high: 56 },
      { untilYears: 3, high: 63 },
      { untilYears: 6, high: 72 },
      { untilYears: 10, high: 76 },
      { untilYears: 13, high: 79 },
      { untilYears: everAfter, low: 50, high: 79 },
    ],
    group: "vital",
    words: [],
  },
  {
    key: "heart-rate",
    loinc: "8867-4",
    fr: "Pouls",
    en: "Heart rate",
    shortFr: "Pouls",
    shortEn: "Pulse",
    unit: "/min",
    limits: [15, 350],
    ages: [
      { untilYears: 1, limits: [30, 350], likely: [75, 220] },
      { untilYears: 3, limits: [20, 320], likely: [65, 205] },
      { untilYears: 6, limits: [20, 320], likely: [55, 190] },
      { untilYears: 12, limits: [20, 320], likely: [45, 185] },
      { untilYears: 18, limits: [15, 300], likely: [35, 190] },
      { untilYears: everAfter, limits: [15, 300], likely: [35, 180] },
    ],
    decimals: 0,
    bands: [
      { untilYears: 1 / 12, low: 100, high: 205 },
      { untilYears: 1, low: 100, high: 180 },
      { untilYears: 3, low: 98, high: 140 },
      { untilYears: 6, low: 80, high: 120 },
      { untilYears: 12, low: 75, high: 118 },
      { untilYears: everAfter, low: 50, high: 100 },
    ],
    group: "vital",
    words: ["pouls", "fc", "pulse", "hr", "bpm", "p", "heart rate"],
  },
  {
    key: "respiratory-rate",
    loinc: "9279-1",
    fr: "Fréquence respiratoire",
    en: "Respiratory rate",
    shortFr: "FR",
    shortEn: "Resp. rate",
    unit: "/min",
    limits: [3, 150],
    ages: [
      { untilYears: 1, limits: [5, 150], likely: [20, 85] },
      { untilYears: 3, limits: [4, 120], likely: [16, 70] },
      { untilYears: 5, limits: [4, 120], likely: [14, 60] },
      { untilYears: 12, limits: [4, 100], likely: [11, 55] },
      { untilYears: 18, limits: [3, 90], likely: [8, 45] },
      { untilYears: everAfter, limits: [3, 90], likely: [8, 40] },
    ],
    decimals: 0,
    bands: [
      { untilYears: 1, low: 30, high: 53 },
      { untilYears: 3, low: 22, high: 37 },
      { untilYears: 6, low: 20, high: 28 },
      { untilYears: 12, low: 18, high: 25 },
      { untilYears: everAfter, low: 10, high: 20 },
    ],
    group: "vital",
    words: ["fr", "rr", "resp"],
  },
  {
    key: "temperature",
    loinc: "8310-5",
    fr: "Température",
    en: "Temperature",
    shortFr: "Temp.",
    shortEn: "Temp.",
    unit: "°C",
    units: { "°F": { factor: 5 / 9, offset: -160 / 9 } },
    limits: [24, 46],
    ages: [
      { untilYears: 12, limits: [24, 46], likely: [35, 41] },
      { untilYears: everAfter, limits: [24, 46], likely: [35, 40.5] },
    ],
    decimals: 1,
    bands: [{ untilYears: everAfter, low: 35.5, high: 37.9 }],
    group: "vital",
    words: ["t", "temp", "temperature"],
  },
  {
    key: "oxygen-saturation",
    loinc: "59408-5",
    fr: "Saturation en oxygène",
    en: "Oxygen saturation",
    shortFr: "SpO2",
    shortEn: "SpO2",
    unit: "%",
    limits: [30, 100],
    ages: [{ untilYears: everAfter, limits: [30, 100], likely: [75, 100] }],
    decimals: 0,
    bands: [{ untilYears: everAfter, low: 94 }],
    group: "vital",
    words: ["sat", "spo2", "saturation", "sao2", "o2"],
  },
  {
    key: "weight",
    loinc: "29463-7",
    fr: "Poids",
    en: "Weight",
    shortFr: "Poids",
    shortEn: "Weight",
    unit: "kg",
    units: { g: { factor: 0.001 }, lb: { factor: 0.45359237 } },
    limits: [0.2, 650],
    ages: [
      { untilYears: 1 / 12, limits: [0.2, 12], likely: [0.5, 6.5] },
      { untilYears: 1 / 4, limits: [0.3, 30], likely: [1.5, 8.5] },
      { untilYears: 1 / 2, limits: [0.3, 30], likely: [1.5, 11] },
      { untilYears: 1, limits: [0.3, 30], likely: [1.5, 15] },
      { untilYears: 2, limits: [1.5, 40], likely: [5, 20] },
      { untilYears: 4, limits: [2, 75], likely: [7, 28] },
      { untilYears: 5, limits: [2, 75], likely: [7, 35] },
      { untilYears: 10, limits: [3, 180], likely: [11, 70] },
      { untilYears: 15, limits: [4, 350], likely: [17, 130] },
      { untilYears: 18, limits: [4, 500], likely: [25, 200] },
      { untilYears: everAfter, limits: [4, 650], likely: [30, 250] },
    ],
    decimals: 1,
    group: "growth",
    words: ["poids", "pds", "weight", "wt"],
  },
  {
    key: "height",
    loinc: "8302-2",
    fr: "Taille",
    en: "Height",
    shortFr: "Taille",
    shortEn: "Height",
    unit: "cm",
    units: { m: { factor: 100 }, in: { factor: 2.54 } },
    limits: [20, 280],
    ages: [
      { untilYears: 1 / 12, limits: [20, 75], likely: [35, 62] },
      { untilYears: 1, limits: [20, 100], likely: [40, 90] },
      { untilYears: 2, limits: [30, 120], likely: [60, 105] },
      { untilYears: 5, limits: [35, 165], likely: [70, 130] },
      { untilYears: 10, limits: [40, 205], likely: [90, 165] },
      { untilYears: 15, limits: [45, 245], likely: [105, 200] },
      { untilYears: everAfter, limits: [50, 280], likely: [130, 215] },
    ],
    decimals: 1,
    group: "growth",
    words: ["taille", "height", "ht"],
  },
  {
    key: "bmi",
    loinc: "39156-5",
    fr: "Indice de masse corporelle",
    en: "Body mass index",
    shortFr: "IMC",
    shortEn: "BMI",
    unit: "kg/m²",
    limits: [3, 200],
    decimals: 1,
    bands: [{ untilYears: 18 }, { untilYears: everAfter, low: 18.5, high: 24.9 }],
    group: "growth",
    words: [],
    derived: true,
  },
  {
    key: "body-surface",
    loinc: "3140-1",
    fr: "Surface corporelle",
    en: "Body surface area",
    shortFr: "Surface corp.",
    shortEn: "BSA",
    unit: "m²",
    limits: [0.05, 5],
    decimals: 2,
    group: "growth",
    words: [],
    derived: true,
  },
  {
    key: "head-circumference",
    loinc: "9843-4",
    fr: "Périmètre crânien",
    en: "Head circumference",
    shortFr: "PC",
    shortEn: "Head circ.",
    unit: "cm",
    units: { in: { factor: 2.54 } },
    limits: [15, 80],
    ages: [
      { untilYears: 1 / 12, limits: [15, 60], likely: [26, 42] },
      { untilYears: 1, limits: [15, 75], likely: [28, 54] },
      { untilYears: 5, limits: [25, 80], likely: [38, 60] },
      { untilYears: everAfter, limits: [28, 80], likely: [44, 66] },
    ],
    decimals: 1,
    group: "growth",
    words: ["pc", "perimetre cranien", "head", "hc"],
  },
  {
    key: "waist",
    loinc: "8280-0",
    fr: "Tour de taille",
    en: "Waist circumference",
    shortFr: "Tour de taille",
    shortEn: "Waist",
    unit: "cm",
    units: { in: { factor: 2.54 } },
    limits: [20, 300],
    decimals: 1,
    group: "growth",
    words: ["tour de taille", "waist"],
  },
  {
    key: "gestational-age",
    loinc: "76516-4",
    fr: "Âge gestationnel à la naissance",
    en: "Gestational age at birth",
    shortFr: "Né à",
    shortEn: "Born at",
    unit: "sem",
    limits: [20, 45],
    decimals: 0,
    group: "growth",
    words: ["age gestationnel", "gestation", "gestational age", "ag naissance"],
  },
  {
    key: "pain",
    loinc: "72514-3",
    fr: "Douleur",
    en: "Pain",
    shortFr: "Douleur",
    shortEn: "Pain",
    unit: "/10",
    limits: [0, 10],
    decimals: 0,
    group: "vital",
    words: ["douleur", "dlr", "pain", "eva"],
  },
  {
    key: "capillary-glucose",
    loinc: "14743-9",
    fr: "Glycémie capillaire",
    en: "Capillary glucose",
    shortFr: "Glycémie",
    shortEn: "Glucose",
    unit: "mmol/L",
    units: { "mg/dL": { factor: 1 / 18.016 } },
    limits: [0.3, 80],
    decimals: 1,
    group: "vital",
    words: ["glycemie", "gly", "glucose", "glu"],
  },
  laboratory("hba1c", "4548-4", "Hémoglobine glyquée", "Glycated hemoglobin", "HbA1c", "%", [2, 25], 1, [
    "hba1c",
    "a1c",
  ]),
  laboratory("creatinine", "14682-9", "Créatinine", "Creatinine", "Créatinine", "µmol/L", [5, 3000], 0, [
    "creat",
    "creatinine",
    "cr",
  ]),
  laboratory(
    "egfr",
    undefined,
    "Débit de filtration glomérulaire estimé",
    "Estimated glomerular filtration rate",
    "DFGe",
    "mL/min/1,73 m²",
    [0, 250],
    0,
    ["dfge", "dfg", "egfr"],
    "eGFR",
  ),
  laboratory(
    "albumin-creatinine",
    undefined,
    "Rapport albumine-créatinine urinaire",
    "Urine albumin-creatinine ratio",
    "RAC urinaire",
    "mg/mmol",
    [0, 3000],
    1,
    ["rac", "acr"],
    "Urine ACR",
  ),
  laboratory("potassium", "2823-3", "Potassium", "Potassium", "Potassium", "mmol/L", [1, 12], 1, ["k", "potassium"]),
  laboratory("ldl", "22748-8", "Cholestérol LDL", "LDL cholesterol", "LDL", "mmol/L", [0.1, 30], 1, ["ldl"]),
  laboratory("tsh", "3016-3", "TSH", "TSH", "TSH", "mUI/L", [0, 500], 1, ["tsh"]),
  // Over ten it is most likely one without its mark: « 25 » for 2,5.
  {
    ...laboratory("inr", "6301-6", "RIN (INR)", "INR", "RIN", "", [0.5, 30], 1, ["inr", "rni", "rin"], "INR"),
    likely: [0.5, 10],
  },
  finding("foot-exam", "Examen des pieds", "Foot examination", "Pieds", "Feet", ["pieds", "feet"]),
  finding("eye-exam", "Examen de la vue (rétine)", "Eye examination (retina)", "Rétine", "Retina", [
    "retine",
    "retina",
  ]),
];

function laboratory(
  key: string,
  loinc: string | undefined,
  fr: string,
  en: string,
  short: string,
  unit: string,
  limits: readonly [number, number],
  decimals: number,
  words: readonly string[],
  shortEn = short === "Créatinine" ? "Creatinine" : short,
): Measure {
  return {
    key,
    ...(loinc && { loinc }),
    fr,
    en,
    shortFr: short,
    shortEn,
    unit,
    limits,
    decimals,
    group: "laboratory",
    words,
  };
}

function finding(
  key: string,
  fr: string,
  en: string,
  shortFr: string,
  shortEn: string,
  words: readonly string[],
): Measure {
  return { key, fr, en, shortFr, shortEn, unit: "", decimals: 0, group: "examination", words };
}

/** The measure of a series, when Chevet knows it. */
export const measureOf = (code: string): Measure | undefined => measures.find(({ key }) => key === code);

/** Of what is measured on the person: vital signs and growth. */
export const measuredCodes: readonly string[] = measures
  .filter(({ group }) => group === "vital" || group === "growth")
  .map(({ key }) => key);
