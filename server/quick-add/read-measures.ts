import { readDecimal, roundTo } from "#server/observation/decimal.ts";
import { type Doubt, doubtOf, doubtOfPressure, type Last } from "#server/observation/doubt-value.ts";
import { ageAt, inOwnUnit, isPossible } from "#server/observation/judge-value.ts";
import { type Measure, measureOf, measures } from "#server/observation/measures.ts";
import type { BodyPosition } from "#server/observation/schema.ts";
import type { Reading, ReadValue } from "./reading.ts";

/** « ta 128/76 pouls 72 poids 78,4 »: one or several measures in one line, already folded. Pure and browser-safe. */

/** Of whom the line speaks: their age judges what can be, and the last value of a measure what is far from it. */
export interface Whom {
  /** `YYYY-MM-DD` */
  readonly birthDate?: string | null;
  readonly last?: Readonly<Record<string, Last | undefined>>;
  readonly now?: Date;
}

interface Judge {
  /** Years; undefined when nobody knows. */
  readonly age: number | undefined;
  readonly can: (measure: Measure, value: string) => boolean;
  readonly doubt: (measure: Measure, value: string) => Doubt | undefined;
  readonly lastOf: (measure: Measure) => Last | undefined;
}

function judgeOf({ birthDate = null, last = {}, now = new Date() }: Whom): Judge {
  const age = ageAt(birthDate, now);
  return {
    age,
    can: (measure, value) => isPossible(measure, value, age),
    doubt: (measure, value) => doubtOf(measure, value, age, last[measure.key], now),
    lastOf: ({ key }) => last[key],
  };
}

const number = String.raw`(?<![\d.,])(\d{1,5}(?:[.,]\d{1,5})?)(?!\d|\/(?!min))`;
const pressure =
  /^(?:(?:ta|pa|bp|tension(?: arterielle)?)\s*[:=]?\s*)?(\d{2,3})\s*(?:\/|\bsur\b|\bover\b)\s*(\d{2,3})(?:\s*mm\s?hg)?(?=$|[\s,;])/;
/** « ta 1280/76 »: a figure too many, the likeliest slip. */
const longPressure =
  /^(?:ta|pa|bp|tension(?: arterielle)?)\s*[:=]?\s*(\d{2,5})\s*(?:\/|\bsur\b|\bover\b)\s*(\d{2,5})(?=$|[\s,;])/;
const namedPressure = /^(?:ta|pa|bp|tension)/;
/** Height as carpenters and nurses say it. */
const feet =
  /^(\d)\s*(?:'|pi\b|pieds?\b|ft\b|feet\b)\s*(?:(\d{1,2}(?:[.,]\d)?)\s*(?:"|''|po\b|pouces?\b|in\b|inches\b)?)?/;
const metres = /^(\d)\s*m\s*(\d{2})(?=$|[\s,;])/;

const unitWords: Readonly<Record<string, string>> = {
  kg: "kg",
  kilos: "kg",
  g: "g",
  pounds: "lb",
  pound: "lb",
  lb: "lb",
  lbs: "lb",
  livres: "lb",
  livre: "lb",
  cm: "cm",
  m: "m",
  po: "in",
  in: "in",
  pouces: "in",
  "°c": "°C",
  c: "°C",
  "°f": "°F",
  f: "°F",
  "%": "%",
  "/min": "/min",
  bpm: "/min",
  "mmol/l": "mmol/L",
  "mg/dl": "mg/dL",
  "mg/mmol": "mg/mmol",
  "umol/l": "µmol/L",
  "μmol/l": "µmol/L",
  "mui/l": "mUI/L",
  "miu/l": "mUI/L",
  "ml/min": "mL/min/1,73 m²",
  "/10": "/10",
};
const unit = new RegExp(
  `^\\s*(${Object.keys(unitWords)
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replaceAll("/", "\\/"))
    .join("|")})(?=$|[\\s,;])`,
);

const named = measures
  .filter(({ limits }) => limits)
  .flatMap((measure) => measure.words.map((word) => ({ word, measure })))
  .sort((one, other) => other.word.length - one.word.length);

/** « ta 128/76 couché », « 128/76 standing »; folded. */
const positions: readonly (readonly [RegExp, BodyPosition])[] = [
  [/^[\s,;]*(?:en position\s+)?(?:couchee?|allongee?|decubitus|lying(?: down)?|supine)(?=$|[\s,;])/, "lying"],
  [/^[\s,;]*(?:en position\s+)?(?:assise?|sitting|seated)(?=$|[\s,;])/, "sitting"],
  [/^[\s,;]*(?:en position\s+)?(?:debout|standing|upright)(?=$|[\s,;])/, "standing"],
];

/** The position that is said next, and what is left of the line. */
function takePosition(rest: string): { position: BodyPosition; rest: string } {
  for (const [said, position] of positions) {
    const found = said.exec(rest);
    if (found) return { position, rest: rest.slice(found[0].length) };
  }
  return { position: "", rest };
}

const site =
  /^[\s,;]*(?:au |du |on the |on )?((?:(?:avant-)?bras|poignet|mollet) (?:gauche|droit|g|d)|(?:cuisse|jambe|cheville) (?:gauche|droite|g|d)|(?:left|right) (?:fore)?(?:arm|wrist|thigh|calf|leg|ankle))(?=$|[\s,;])/;

type How = Pick<ReadValue, "position" | "note">;

/** How they were and where it was taken, in either order. */
function takeHow(rest: string): { how: How; rest: string } {
  const before = site.exec(rest);
  const placed = takePosition(before ? rest.slice(before[0].length) : rest);
  const after = before ? null : site.exec(placed.rest);
  return {
    how: { position: placed.position, note: sideOf((before ?? after)?.[1] ?? "") },
    rest: after ? placed.rest.slice(after[0].length) : placed.rest,
  };
}

/** « bras g » */
const sideOf = (said: string) =>
  said
    .replace(/^((?:cuisse|jambe|cheville) )d$/, "$1droite")
    .replace(/ d$/, " droit")
    .replace(/ g$/, " gauche");

/** « pouls 72 irrég », « sat 97 % aa », « t 38,2 buccale », « glycémie 6,2 à jeun »: what is said after the value of one measure, folded. */
const manners: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  "heart-rate": [
    [/^reg(?:ulier|uliere)?/, "régulier"],
    [/^irreg(?:ulier|uliere)?/, "irrégulier"],
    [/^regular/, "regular"],
    [/^irregular/, "irregular"],
  ],
  "oxygen-saturation": [
    [/^(?:a l'|a )?(?:aa|air ambiant|l'air libre|air libre)/, "air ambiant"],
    [/^(?:on )?(?:ra|room air)/, "room air"],
    [
      /^(?:avec |sous |sur |on )?(\d(?:[.,]\d)?) ?(?:l\/min|lpm|litres?|liters?|l)(?: (?:d'o2|o2|ln|lunettes nasales|nc|nasal cannula))?/,
      "O2 $1 L/min",
    ],
  ],
  temperature: [
    [/^(?:voie |par la )?(?:buccale?|bouche|orale)/, "buccale"],
    [/^rectale/, "rectale"],
    [/^(?:tympanique|auriculaire|oreille)/, "tympanique"],
    [/^(?:axillaire|aisselle)/, "axillaire"],
    [/^(?:temporale|frontale|front)/, "temporale"],
    [/^(?:oral|by mouth|po)/, "oral"],
    [/^rectal/, "rectal"],
    [/^(?:tympanic|ear)/, "tympanic"],
    [/^(?:axillary|axilla)/, "axillary"],
    [/^(?:temporal|forehead)/, "temporal"],
  ],
  "capillary-glucose": [
    [/^a jeun/, "à jeun"],
    [/^(?:non a jeun|aleatoire|au hasard)/, "aléatoire"],
    [/^(?:\d ?h )?(?:post-?prandiale?|pc|post(?: |-)repas|apres (?:le )?repas)/, "après le repas"],
    [/^(?:avant (?:le )?repas|ac|pre-?prandiale?)/, "avant le repas"],
    [/^(?:fasting|fasted)/, "fasting"],
    [/^random/, "random"],
    [/^(?:after (?:a )?meal|postprandial)/, "after a meal"],
  ],
};

/** The manner that is said next of that measure. */
function takeManner(key: string, rest: string): { note: string; rest: string } {
  const next = rest.replace(/^[\s,;(]+/, "");
  for (const [said, note] of manners[key] ?? []) {
    const found = said.exec(next);
    if (!found || !/^(?:$|[\s,;.)])/.test(next.slice(found[0].length))) continue;
    return {
      note: note.replace("$1", (found[1] ?? "").replace(".", ",")),
      rest: next.slice(found[0].length).replace(/^[.)]/, ""),
    };
  }
  return { note: "", rest };
}

/** All that is said of how a value was taken: of a pulse, also where and in which position. */
function takeMore({ key }: Measure, rest: string): { how: Partial<How>; rest: string } {
  const first = takeManner(key, rest);
  if (key !== "heart-rate") return first.note ? { how: { note: first.note }, rest: first.rest } : { how: {}, rest };
  const { how, rest: left } = takeHow(first.rest);
  const last = first.note ? { note: "", rest: left } : takeManner(key, left);
  return { how: { ...how, note: [first.note || last.note, how.note].filter(Boolean).join(", ") }, rest: last.rest };
}

/** « né à 34 sem », « 34 semaines de gestation », « gestation 39+2 ». */
const weeks = String.raw`(\d{2})(?:\s*\+\s*([0-6])(?:/7)?)?`;
const weekWords = String.raw`\s*(?:sem(?:aines?)?|sa|weeks?|wks?|w)\.?`;
const ofGestation = String.raw`(?:\s+(?:de\s+gestation|d'amenorrhee|(?:of\s+)?gestation))`;
/** « 36,5 » goes on. */
const end = String.raw`(?=$|[\s;]|,(?!\d))`;
const atBirth = new RegExp(
  `^(?:(?:bebe )?(?:nee?|premature|prematuree|naissance|born(?: at birth)?)(?:\\s+(?:a|at|de))?)\\s*[:=]?\\s*(?:${weeks}${weekWords}${ofGestation}?|(\\d{2})\\s*\\+\\s*([0-6])(?:/7)?)${end}`,
);
const unsaid = new RegExp(
  `^(?:(?:age gestationnel|gestation|gestational age|ag naissance)\\s*[:=]?\\s*${weeks}(?:${weekWords})?|${weeks}${weekWords}${ofGestation}|(\\d{2})\\s*\\+\\s*([0-6])(?:/7)?${weekWords}${ofGestation}?)${end}`,
);
/** From this age, weeks that nobody said to be of a birth may be those of a pregnancy. */
const mayBePregnant = 10;

/** Undefined: it does not speak of weeks of gestation. */
function readGestation(rest: string, { age, can }: Judge): (Step & { readonly isGuess?: boolean }) | undefined {
  const measure = measureOf("gestational-age") as Measure;
  const born = atBirth.exec(rest);
  const found = born ?? unsaid.exec(rest);
  if (!found) return undefined;
  const [whole, days] = found.slice(1).filter((part) => part !== undefined);
  const value = days === undefined ? (whole ?? "") : roundTo(Number(whole) + Number(days) / 7, 1);
  const said = days === undefined ? (whole ?? "") : `${whole}+${days}`;
  if (!can(measure, value)) return impossible(measure, value, said);
  const isNamed = born !== null || /^(?:age gestationnel|gestation|ag naissance)/.test(rest);
  return {
    values: [entry(measure, value, { entered: days === undefined ? "" : said })],
    rest: rest.slice(found[0].length),
    isGuess: !isNamed && !(age !== undefined && age < mayBePregnant),
  };
}

type Step =
  | {
      readonly values: readonly ReadValue[];
      readonly rest: string;
      readonly choices?: readonly (readonly ReadValue[])[];
    }
  | { readonly impossible: Impossible };

interface Impossible {
  readonly code: string;
  /** As it was typed. */
  readonly value: string;
  /** It is possible at another age. */
  readonly atAge: boolean;
}

const impossible = (measure: Measure, own: string, value: string): Step => ({
  impossible: { code: measure.key, value, atAge: isPossible(measure, own) },
});

/** Undefined: this line does not speak of measures. */
export function readMeasures(folded: string, whom: Whom): Reading | undefined {
  const judge = judgeOf(whom);
  let rest = folded.trim();
  let known: ReadValue[] = [];
  let choices: readonly (readonly ReadValue[])[] | undefined;
  let isGuess = false;
  while (rest !== "") {
    const born = readGestation(rest, judge);
    const step = born ?? readOne(rest, judge);
    if (!step) return undefined;
    if ("impossible" in step) return { is: "impossible", ...step.impossible };
    // Two numbers with a stroke and no name are a pressure, most likely: the person says so.
    if ((pressure.test(rest) && !namedPressure.test(rest)) || born?.isGuess) isGuess = true;
    if (step.choices && choices) return undefined;
    if (step.choices) choices = step.choices.map((each) => [...known, ...each]);
    else if (choices) choices = choices.map((each) => [...each, ...step.values]);
    else known = [...known, ...step.values];
    rest = step.rest.replace(/^[\s,;]+/, "");
  }
  if (choices) return { is: "unsure", meanings: choices.map((values) => ({ kind: "observations", values })) };
  if (known.length === 0) return undefined;
  const meaning = { kind: "observations", values: known } as const;
  // « poids 72 kg 5 lb »: one of the two, or neither.
  const twice = known.some(
    ({ code }, at) => !code.startsWith("bp-") && known.findIndex((one) => one.code === code) < at,
  );
  if (twice) {
    const first = known.filter(({ code }, at) => known.findIndex((one) => one.code === code) === at);
    const last = known.filter(({ code }, at) => known.findLastIndex((one) => one.code === code) === at);
    return { is: "unsure", meanings: [first, last].map((values) => ({ kind: "observations", values })) };
  }
  const doubt = known
    .map(
      (one, at) =>
        doubtOfPair(one, known[at + 1]) ?? (one.value && judge.doubt(measureOf(one.code) as Measure, one.value)),
    )
    .find(Boolean);
  if (doubt) return { is: "unsure", meanings: [meaning], doubt };
  return isGuess ? { is: "unsure", meanings: [meaning] } : { is: "sure", meaning };
}

/** A systolic is followed by its diastolic. */
const doubtOfPair = (one: ReadValue, next: ReadValue | undefined) =>
  one.code === "bp-systolic" && one.value && next?.code === "bp-diastolic" && next.value
    ? doubtOfPressure(one.value, next.value)
    : undefined;

/** « ta bras gauche 118/76 » */
const pressureName = /^(?:ta|pa|bp|tension(?: arterielle)?)(?=[\s:=])\s*[:=]?\s*/;

function readOne(rest: string, judge: Judge): Step | undefined {
  const pair = pressure.exec(rest);
  if (pair?.[1] && pair[2]) return readPressure(pair[1], pair[2], rest.slice(pair[0].length), judge);
  const long = longPressure.exec(rest);
  if (long?.[1] && long[2]) return readPressure(long[1], long[2], "", judge);
  const name = pressureName.exec(rest);
  // « debout 120/70 » goes on after another pressure.
  const placed = takeHow(rest.slice(name?.[0].length ?? 0));
  const next = placed.rest.replace(/^[\s,;:]+/, "");
  const late = placed.how.note || placed.how.position ? pressure.exec(next) : null;
  if (late?.[1] && late[2]) return readPressure(late[1], late[2], next.slice(late[0].length), judge, placed.how);
  const bare = readBare(rest, judge);
  if (bare) return bare;
  const found = named.find(({ word }) => rest.startsWith(word) && /^\s*[:=<>\d]|^\s+\S/.test(rest.slice(word.length)));
  if (!found) return undefined;
  const { measure } = found;
  const said = rest.slice(found.word.length).replace(/^\s*[:=]?\s*/, "");
  const after = measure.key === "pain" ? said.replace(/^(\d{1,2})\s*(?:\/|sur|out of)\s*10(?=$|[\s,;])/, "$1") : said;
  if (measure.key === "height") {
    const tall = readHeight(after, judge);
    if (tall) return tall;
  }
  const ounces = measure.key === "weight" ? readOunces(after, judge) : undefined;
  if (ounces) return ounces;
  const value = new RegExp(`^(<=|>=|<|>)?\\s*${number}`).exec(after);
  const decimal = value?.[2] && readDecimal(value[2]);
  if (!value || !decimal) return undefined;
  const comparator = (value[1] ?? "") as ReadValue["comparator"];
  const tail = after.slice(value[0].length);
  // A pulse is counted whole: « p 78,4 » is a weight by its first letter.
  if (measure.key === "heart-rate" && decimal.includes(".")) {
    const weight = measureOf("weight") as Measure;
    if (found.word !== "p" || tail !== "" || !judge.can(weight, decimal)) return undefined;
    return { values: [], choices: [[entry(weight, decimal)]], rest: tail };
  }
  const withUnit = unit.exec(tail);
  const given = withUnit?.[1] ? unitWords[withUnit[1]] : undefined;
  const left = withUnit ? tail.slice(withUnit[0].length) : tail;
  if (left !== "" && !/^[\s,;]/.test(left)) return undefined;
  if (given) {
    const own = inOwnUnit(measure, decimal, given);
    if (own === undefined) return undefined;
    if (!judge.can(measure, own)) return impossible(measure, own, `${decimal} ${given}`);
    const entered = given === measure.unit ? "" : `${comma(decimal)} ${given}`;
    const more = takeMore(measure, left);
    return { values: [entry(measure, own, { comparator, entered, ...more.how })], rest: more.rest };
  }
  return withoutUnit(measure, decimal, comparator, left, judge);
}

function readPressure(
  systolic: string,
  diastolic: string,
  rest: string,
  { can }: Judge,
  before: How = { position: "", note: "" },
): Step {
  const [high, low] = [measureOf("bp-systolic") as Measure, measureOf("bp-diastolic") as Measure];
  const value = `${systolic}/${diastolic}`;
  if (Number(systolic) <= Number(diastolic)) return { impossible: { code: high.key, value, atAge: false } };
  if (!can(high, systolic)) return impossible(high, systolic, value);
  if (!can(low, diastolic)) return impossible(low, diastolic, value);
  const taken = takeHow(rest);
  // « couché 150/90 debout 120/70 »: who says it before one says it before the next.
  const isOfNext = (before.position || before.note) && pressure.test(taken.rest.replace(/^[\s,;:]+/, ""));
  const after = isOfNext ? { how: { position: "" as const, note: "" }, rest } : taken;
  const how = { position: before.position || after.how.position, note: before.note || after.how.note };
  return { values: [entry(high, systolic, how), entry(low, diastolic, how)], rest: after.rest };
}

/** « 5'10 », « 5 pi 10 po », « 1 m 72 ». */
function readHeight(after: string, { can }: Judge): Step | undefined {
  const height = measureOf("height") as Measure;
  const metric = metres.exec(after);
  if (metric) {
    const own = `${Number(metric[1]) * 100 + Number(metric[2])}`;
    if (!can(height, own)) return impossible(height, own, metric[0].trim());
    return { values: [entry(height, own)], rest: after.slice(metric[0].length) };
  }
  const imperial = feet.exec(after);
  if (!imperial) return undefined;
  const inches = Number(imperial[1]) * 12 + Number((imperial[2] ?? "0").replace(",", "."));
  const own = inOwnUnit(height, String(inches), "in") ?? "";
  if (!can(height, own)) return impossible(height, own, imperial[0].trim());
  return { values: [entry(height, own, { entered: imperial[0].trim() })], rest: after.slice(imperial[0].length) };
}

/** « 7 lb 8 oz » */
function readOunces(after: string, { can }: Judge): Step | undefined {
  const found = /^(\d{1,3})\s*(?:lbs?|livres?|pounds?)\s*(\d{1,2})(?:\s*(?:oz|onces?|ounces?))?(?=$|[\s,;])/.exec(
    after,
  );
  if (!found || Number(found[2]) > 15) return undefined;
  const weight = measureOf("weight") as Measure;
  const own = inOwnUnit(weight, String(Number(found[1]) + Number(found[2]) / 16), "lb") ?? "";
  const entered = `${found[1]} lb ${found[2]} oz`;
  if (!can(weight, own)) return impossible(weight, own, entered);
  return { values: [entry(weight, own, { entered })], rest: after.slice(found[0].length) };
}

/** Its unit says what it is: « 160 lb », « 5'9" », « 38,2 °C ». Not centimetres, which several are in. */
const bareUnits: readonly (readonly [RegExp, string])[] = [
  [/^\d{1,3}(?:[.,]\d{1,2})?\s*(?:kg|kilos|lbs?|livres?|pounds?)(?=$|[\s,;])/, "poids"],
  [/^(?:[4-7]\s*(?:'|pi\b|pieds?\b|ft\b|feet\b)|[12]\s*m\s*\d{2}(?=$|[\s,;]))/, "taille"],
  [/^\d{2,3}(?:[.,]\d)?\s*°\s*[cf](?=$|[\s,;])/, "temp"],
  [/^\d{2,3}\s*bpm(?=$|[\s,;])/, "pouls"],
];
function readBare(rest: string, judge: Judge): Step | undefined {
  const found = bareUnits.find(([said]) => said.test(rest));
  return found && readOne(`${found[1]} ${rest.replace("pounds", "lb").replace("pound", "lb")}`, judge);
}

/** In its own unit when that can be; where another unit is as likely or the only one, the person chooses. */
function withoutUnit(
  measure: Measure,
  decimal: string,
  comparator: ReadValue["comparator"],
  rest: string,
  { age, can, lastOf }: Judge,
): Step {
  const others = Object.keys(measure.units ?? {}).flatMap((each) => {
    const own = inOwnUnit(measure, decimal, each);
    return own && can(measure, own) ? [entry(measure, own, { comparator, entered: `${comma(decimal)} ${each}` })] : [];
  });
  const asIs = entry(measure, decimal, { comparator });
  if (!can(measure, decimal)) {
    // Nobody is 1.72 cm tall, nor 1.72 inches.
    if (measure.key === "height" && others.length === 1) return { values: others.slice(0, 1), rest };
    // Whoever is no longer an infant is not weighed in grams.
    const asked = others.filter(({ entered }) => !entered.endsWith(" g") || age === undefined || age < weighedInGrams);
    if (asked.length === 0) return impossible(measure, decimal, comma(decimal));
    return { values: [], choices: asked.map((one) => [one]), rest };
  }
  const before = Number(lastOf(measure)?.value);
  const pounds = others.find(({ entered }) => entered.endsWith(" lb"));
  // Nobody weighed them here yet: a number over what one weighs at that age is as likely of pounds.
  if (pounds && !(before > 0) && Number(decimal) > heaviest(age))
    return { values: [], choices: [[asIs], [pounds]], rest };
  const nearer =
    pounds?.value && before > 0 && Math.abs(Number(pounds.value) - before) < Math.abs(Number(decimal) - before);
  if (pounds && nearer && Number(decimal) > before * 1.25) return { values: [], choices: [[asIs], [pounds]], rest };
  const { how, rest: left } = takeMore(measure, rest);
  return { values: [{ ...asIs, ...how }], rest: left };
}

/** Until this age, in years. */
const weighedInGrams = 2;

/** Of 97 in 100 by age in years, in kilograms, rounded up (WHO growth standards for Canada, 2014). */
const heavy = [
  ...([
    [1 / 12, 5.5],
    [1 / 4, 7.5],
    [1 / 2, 9.5],
    [1, 12],
    [2, 15.5],
    [3, 19],
    [4, 22],
  ] as const),
  ...([
    [5, 26],
    [6, 29],
    [8, 38],
    [10, 50],
    [12, 62],
    [15, 85],
    [18, 100],
  ] as const),
];
const heavyAdult = 110;
const heaviest = (age = Number.POSITIVE_INFINITY) => heavy.find(([until]) => age < until)?.[1] ?? heavyAdult;

const comma = (decimal: string) => decimal.replace(".", ",");

const entry = (measure: Measure, value: string | null, more: Partial<ReadValue> = {}): ReadValue => ({
  code: measure.key,
  value,
  comparator: "",
  text: "",
  entered: "",
  position: "",
  note: "",
  ...more,
});
