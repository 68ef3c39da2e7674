import { ageAt } from "#server/observation/judge-value.ts";
import { measures } from "#server/observation/measures.ts";
import { foldText } from "#server/patient/fold-name.ts";
import { readDue } from "#server/task/read-due.ts";
import { capital, illnesses } from "./capital.ts";
import { joining, readAllergy } from "./read-allergy.ts";
import { readMeasures, type Whom } from "./read-measures.ts";
import { beginsWithRelative, byRelative, findRelative, type Relative } from "./read-relation.ts";
import { isRefused, readVaccine, vaccineWords } from "./read-vaccine.ts";
import type { HistoryRead, Reading, Understood } from "./reading.ts";
import { takeAge, takeLastAge } from "./take-age.ts";
import { isImpossibleDay, takeDate } from "./take-date.ts";
import { takeDeceased } from "./take-deceased.ts";
import { nothingOfIt } from "./take-given.ts";
import { takeTheirs } from "./take-theirs.ts";

/**
 * What a line means, in French or in English: « ta 128/76 », « allergie pénicilline urticaire », « problème hta 2014 », « vaccin grippe ».
 * It never guesses in silence: what can be two things is answered with both. Pure and browser-safe.
 * @param today `YYYY-MM-DD` in the clinic
 * @param whom their age judges what can be; the last value of each measure, in its own unit, what is far from it
 */
export function readQuickLine(text: string, today: string, whom: Whom = {}): Reading {
  const spaced = text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
  // « atcd : mère »: a mark belongs to the word before it.
  const line = spaced.replaceAll(/ (?=[:,;](?: |$))/g, "");
  if (line === "" || [...line].length > 300) return { is: "nothing" };
  const folded = foldText(line).replaceAll("’", "'");
  // None to drugs says nothing of nuts: whoever writes says that it is none at all.
  if (noAllergy.test(folded))
    return ofDrugs.test(folded) ? { is: "unsure", meanings: [{ kind: "no-allergy" }] } : sure({ kind: "no-allergy" });
  const derived = /^(imc|bmi|sc|bsa)\s*[:=]?\s*\d/.exec(folded)?.[1];
  if (derived) return { is: "derived", code: derived === "imc" || derived === "bmi" ? "bmi" : "body-surface" };
  const measured = readMeasures(folded, whom);
  if (measured) return measured;
  if (halfPressure.test(folded)) return { is: "half" };
  const words = line.split(" ");
  if (words.some(isImpossibleDay)) return { is: "nothing" };
  const age = ageAt(whom.birthDate ?? null, whom.now ?? new Date());
  const found = findings.find(({ words: names }) => names.includes(foldText(words[0] ?? "")));
  if (found && words.length > 1) {
    const value = {
      code: found.key,
      value: null,
      comparator: "",
      text: capital(words.slice(1).join(" ")),
      entered: "",
      position: "",
      note: "",
    } as const;
    return sure({ kind: "observations", values: [value] });
  }
  const first = foldText(words[0] ?? "").replace(/[:.]$/, "");
  const rest = words.slice(1);
  if (rest.length > 0 && taskWords.includes(first)) return readTask(rest, today);
  if (rest.length > 0 && problemWords.includes(first)) return readProblem(rest, today);
  if (rest.length > 0 && vaccineWords.includes(first)) return readVaccine(rest, today);
  const named = refusedVaccine(words);
  if (named) return readVaccine(named, today);
  if (rest.length > 0 && stopWords.includes(first) && !arrests.test(folded))
    return { is: "sure", meaning: { kind: "stop", label: stopped(rest) } };
  if (rest.length > 0 && (allergyWords.includes(first) || intoleranceWords.includes(first)))
    return readAllergy(rest, intoleranceWords.includes(first));
  if (rest.length > 0 && historyWords.includes(first)) return readHistory(rest, today, age);
  if (rest.length > 0 && medicationWords.includes(first)) {
    const medication = readMedication(first, rest);
    if (medication) return medication;
  }
  if (habits.includes(first.replace(/,$/, "")) && (rest.length > 0 || saysAlone.test(first)))
    return readOwn(words, "social", today, age);
  const formerly = former.includes(first) && rest[0] ? [`${words[0]}-${rest[0]}`, ...rest.slice(1)] : [];
  if (habits.includes(foldText(formerly[0] ?? "").replace(/,$/, ""))) return readOwn(words, "social", today, age);
  if (rest.length > 0 && operations.includes(first)) return readOwn(words, "personal", today, age);
  if (operated.test(first)) return readOperation(words, today, age);
  const relative = findRelative(words);
  if (beginsWithRelative(relative) && relative.rest.length > 0) return readFamily(words, relative, today);
  // The word that begins a line, and nothing of it yet.
  if (rest.length === 0 && beginnings.some((known) => known.includes(first))) return { is: "nothing" };
  // « infarctus père 52 ans »: the father's, most likely.
  if (relative && relative.relation !== "child" && relative.rest.length > 0) {
    const ofFamily = readFamily(words, relative, today);
    const bare = readBareWords(words, today);
    if (ofFamily.is === "sure" && bare.is === "unsure")
      return { is: "unsure", meanings: [ofFamily.meaning, ...bare.meanings.slice(0, 1)] };
  }
  return readBareWords(words, today);
}

const findings = measures.filter(({ limits }) => !limits);
const noAllergy =
  /^((?:aucune?|pas d'|pas de |sans|nie(?: les)?) ?allergies?(?: (?:connues?|medicamenteuses?))*|allergies? ?:? ?(?:aucune?|neg|negatif|negative|nil|none|nulle?)(?: connues?)?|(?:no|nil|denies) (?:known )?(?:drug )?allerg(?:y|ies)|nkd?a|apc)$/;
/** « ta 128 », « bp 128/7 »: a pressure, and not the whole of it. */
const halfPressure =
  /^(?:ta|pa|bp|tension(?: arterielle)?) ?[:=]? ?\d{2,3}(?: ?(?:\/|sur\b|over\b) ?\d?)?(?=$|[\s,;])(?! ?(?:\/|sur|over) ?\d)/;
const ofDrugs = /medicamenteuses?|drug|^nkda$/;
const medicationWords = [
  "rx",
  "med",
  "meds",
  "medicament",
  "medicaments",
  "medication",
  "medications",
  "ordonnance",
  "prescription",
];
/** « rx thorax » is a radiograph. */
const imaged =
  /^(poumons?|pulmonaires?|thorax|thoracique|genoux?|chevilles?|colonne|lombaires?|cervicale?s?|hanches?|bassin|epaules?|mains?|pieds?|poignets?|coudes?|abdomen|abdominale?|sinus|cotes?|chest|knees?|ankles?|spine|hips?|shoulders?|hands?|foot|feet|wrists?)$/;
const saysAlone = /fumeu|smoker|tabagisme|vapoteu/;
/** How somebody lives. */
const habits =
  "tabac tabagisme fumeur fumeuse fume ancien-fumeur ancienne-fumeuse former-smoker never-smoker never-smoked ex-fumeur ex-fumeuse non-fumeur non-fumeuse cigarette cigarettes vapotage vapoteur vapoteuse cannabis alcool roh drogue drogues cocaine tobacco smoker ex-smoker non-smoker nonsmoker smoking smokes vaping vapes alcohol etoh drinks drugs".split(
    " ",
  );
const operations =
  "chirurgie chx opere operee operation hospitalisation hospitalise hospitalisee surgery hospitalized hospitalization".split(
    " ",
  );
/** « ex smoker », « ancien fumeur » */
const former = ["ex", "ancien", "ancienne", "former", "non", "never"];
/** « appendicectomie », « hysterectomy », « césarienne »: an operation by its own name. */
const operated =
  /^[a-z-]{3,40}(?:ectomie|ectomy|plastie|plasty|[os]tomie|[os]tomy)$|^(?:cesariennes?|cesarean|c-section|pontages?|cabg)$/;
const stopWords = ["stop", "stopper", "stopped", "cesser", "cesse", "arreter", "arret", "discontinue", "discontinued"];
/** « arrêt cardiaque 2019 », « arrêt de travail 2 semaines »: no drug is stopped. */
const arrests = /^arrets? (?:cardiaque|cardio|respiratoire|maladie|(?:de|du) (?:travail|croissance|conduction))/;
const problemWords = ["probleme", "problem", "pb", "dx", "diagnostic", "diagnosis"];
const allergyWords = ["allergie", "allergique", "allergy", "allergic", "all"];
const intoleranceWords = ["intolerance", "intolerant", "intolerante", "intol"];
const historyWords = ["antecedent", "antecedents", "atcd", "history", "hx"];
const taskWords = ["tache", "task", "rappel", "reminder", "remind", "todo"];
const beginnings = [taskWords, problemWords, vaccineWords, allergyWords, intoleranceWords, historyWords];
const kinds: Readonly<Record<string, "personal" | "family" | "social">> = {
  personnel: "personal",
  perso: "personal",
  personal: "personal",
  familial: "family",
  familiaux: "family",
  famille: "family",
  family: "family",
  social: "social",
  sociaux: "social",
};
const sure = (meaning: Understood): Reading => ({ is: "sure", meaning });

/** « tâche rappeler dans 2 sem », « rappel dans 3 mois mammographie »: for oneself, by a day that may be said. */
function readTask(words: readonly string[], today: string): Reading {
  const said = words.join(" ").replace(/^me (?:to )?/i, "");
  const due = readDue(said, today) ?? dueWithin(said.split(" "), today);
  const title = capital(due?.rest || said);
  return [...title].length > 200
    ? { is: "nothing" }
    : sure({ kind: "task", title, dueOn: due?.rest ? due.dueOn : null });
}

/**
 * The day that is said before the end: at the beginning in any words, further on only as « dans 3 mois », « in 3 months »: « les résultats de
 * lundi à revoir » are not for Monday.
 */
function dueWithin(words: readonly string[], today: string) {
  for (let until = 1; until < words.length; until += 1) {
    const before = words.slice(0, until);
    const due = readDue(before.join(" ").replace(/[,:;]$/, ""), today);
    if (!due || (due.rest !== "" && !spanBegins.test(foldText(before.slice(-3).join(" "))))) continue;
    const after = words.slice(until).join(" ");
    const title =
      due.rest === ""
        ? after.replace(/^(?:(?:pour|de|for|to|faire)\s+|d['’]|[,:;-]\s*)/iu, "")
        : `${due.rest} ${after}`;
    if (title.trim() !== "") return { rest: title, dueOn: due.dueOn };
  }
  return undefined;
}
const spanBegins = /(?:^|\s)(?:dans|in|d.ici) /;

function readProblem(words: readonly string[], today: string): Reading {
  const dated = takeDate(words, today);
  if ("future" in dated) return { is: "future", date: dated.future };
  if (dated.label === "") return { is: "nothing" };
  return sure({ kind: "problem", label: capital(dated.label), onset: dated.date });
}

/** « flu shot refused », « flu vaccine refused does not want »: what is refused, without the word for a vaccine; undefined when it is another thing. */
function refusedVaccine(words: readonly string[]): readonly string[] | undefined {
  const at = words.findIndex(isRefused);
  const isVaccine = at > 1 && [...vaccineWords, "shot", "jab"].includes(foldText(words[at - 1] ?? ""));
  return isVaccine ? [...words.slice(0, at - 1), ...words.slice(at)] : undefined;
}

/** « la metformine » */
const stopped = (words: readonly string[]) =>
  capital(words.join(" ").replace(/^(?:(?:le|la|les|the|taking|de)\s+|l['’])/iu, ""));

/** « appendicectomie 1998 » is what they lived; without a year it may also be what they have. */
function readOperation(words: readonly string[], today: string, age: number | undefined): Reading {
  const own = readOwn(words, "personal", today, age);
  const dated = takeDate(words, today);
  if (own.is !== "sure" || "future" in dated || dated.date !== "" || takeAge(words, true).atAge !== null) return own;
  return { is: "unsure", meanings: [own.meaning, { kind: "problem", label: capital(words.join(" ")), onset: "" }] };
}

/** What the line says itself to be, whole: « tabac 1 paquet/jour », « chirurgie bariatrique 2015 ». */
function readOwn(words: readonly string[], of: "personal" | "social", today: string, age: number | undefined): Reading {
  const { words: kept, atAge } = of === "personal" ? lived(words, age) : { words, atAge: null };
  const dated = takeDate(kept, today);
  if ("future" in dated) return { is: "future", date: dated.future };
  return sure({ kind: "history", of, relation: "", label: capital(dated.label), occurred: dated.date, atAge });
}

/** An age that they have not reached stays in the words: it is no age of theirs. */
function lived(words: readonly string[], age: number | undefined): ReturnType<typeof takeAge> {
  const taken = takeAge(words, true);
  return taken.atAge !== null && age !== undefined && taken.atAge > age ? { words, atAge: null } : taken;
}

/** « rx amoxicilline »; undefined for what is no drug: a radiograph, a refusal. */
function readMedication(first: string, rest: readonly string[]): Reading | undefined {
  const next = foldText(rest[0] ?? "").replace(/[:,]$/, "");
  if (rest.length > 1 && stopWords.includes(next)) return sure({ kind: "stop", label: stopped(rest.slice(1)) });
  if (rest.length > 1 && [...allergyWords, ...intoleranceWords].includes(next))
    return readAllergy(rest.slice(1), intoleranceWords.includes(next));
  const part = rest.find((word) => !joining.includes(word.toLowerCase()) && foldText(word) !== "des");
  if (isRefused(rest[0] ?? "") || (first === "rx" && imaged.test(foldText(part ?? "")))) return undefined;
  return sure({ kind: "medication", label: capital(rest.join(" ")) });
}

/** « atcd père infarctus » is the father's; « atcd décès du père » may be either, and is asked. */
function readHistory(words: readonly string[], today: string, age: number | undefined): Reading {
  const of = kinds[foldText(words[0] ?? "")];
  const rest = of ? words.slice(1) : words;
  const relative = of === undefined || of === "family" ? findRelative(rest) : undefined;
  const ofFamily = relative && relative.rest.length > 0 ? readFamily(rest, relative, today) : undefined;
  if (ofFamily && (of === "family" || relative?.at === 0)) return ofFamily;
  const { words: kept, atAge } =
    of === "social" ? { words: rest, atAge: null } : of === "family" ? takeAge(rest, false) : lived(rest, age);
  const dated = takeDate(kept, today);
  if ("future" in dated) return { is: "future", date: dated.future };
  if (dated.label === "") return { is: "nothing" };
  const own: Understood = {
    kind: "history",
    of: of ?? "personal",
    relation: "",
    label: capital(dated.label),
    occurred: dated.date,
    atAge,
  };
  return ofFamily?.is === "sure" ? { is: "unsure", meanings: [ofFamily.meaning, own] } : sure(own);
}

/** « mère asthme, père eczéma »: two entries are offered, and the line as one; « mère et père diabète » is the illness of both. */
function readFamily(words: readonly string[], relative: Relative, today: string): Reading {
  const one = readRelative(relative, today);
  const parts = byRelative(words).flatMap((part) => findRelative(part) ?? []);
  if (parts.length < 2) return one;
  const entries: HistoryRead[] = [];
  for (const [at, part] of parts.entries()) {
    const shared = parts.slice(at).find(({ rest }) => rest.length > 0)?.rest;
    const read = shared && readRelative({ ...part, rest: shared }, today);
    if (read && read.is === "future") return read;
    if (read && read.is === "sure" && read.meaning.kind === "history") entries.push(read.meaning);
  }
  if (entries.length !== parts.length) return one.is === "sure" ? { is: "unsure", meanings: [one.meaning] } : one;
  const apart: Understood = { kind: "histories", entries };
  return { is: "unsure", meanings: one.is === "sure" ? [apart, one.meaning] : [apart] };
}

/** A relation that the record has no word for keeps its own: « Diabète (tante) ». */
function readRelative({ relation, said, rest }: Relative, today: string): Reading {
  const theirs = takeTheirs(rest);
  const own = theirs && readIllness({ relation, said, rest: theirs.words }, today, theirs.note);
  // « père 52 ans infarctus »: how old he is, or how old he was.
  if (own && theirs.isState) return own;
  const ofIllness = readIllness({ relation, said, rest }, today);
  if (own?.is !== "sure" || ofIllness.is !== "sure") return ofIllness;
  return { is: "unsure", meanings: [ofIllness.meaning, own.meaning] };
}

function readIllness({ relation, said, rest }: Omit<Relative, "at">, today: string, more = ""): Reading {
  const aged = takeLastAge(takeAge(rest, false));
  const dated = takeDate(aged.words, today);
  if ("future" in dated) return { is: "future", date: dated.future };
  if (dated.label === "") return { is: "nothing" };
  const ill = takeDeceased(dated.label);
  const label = `${capital(ill.label)}${said && ` (${said})`}`;
  const note = [more, ill.note].filter(Boolean).join(", ");
  return sure({
    kind: "history",
    of: "family",
    relation,
    label,
    occurred: dated.date,
    atAge: aged.atAge,
    ...(note && { note }),
  });
}

/** Words alone: what they are of is asked, but for an illness by its abbreviation, or since when. */
function readBareWords(words: readonly string[], today: string): Reading {
  const line = words.join(" ");
  if (!/^\p{L}[\p{L}\p{N}\s'’.-]{1,}$/u.test(line)) return { is: "nothing" };
  const dated = takeDate(words, today);
  if ("future" in dated) return { is: "future", date: dated.future };
  const problem: Understood = { kind: "problem", label: capital(dated.label), onset: dated.date };
  if (illnesses.includes(foldText(dated.label)) || /\s(?:depuis|since)\s/iu.test(line)) return sure(problem);
  if (line.length < 3) return { is: "nothing" };
  const label = capital(line);
  return {
    is: "unsure",
    meanings: [
      problem,
      { kind: "allergy", intolerance: false, substance: label, reaction: "", severity: "" },
      {
        kind: "vaccine",
        vaccine: problem.label,
        occurred: problem.onset || today,
        refused: false,
        reason: "",
        ...nothingOfIt,
      },
    ],
  };
}
