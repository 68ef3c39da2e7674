import { foldText } from "#server/patient/fold-name.ts";
import { isRealDate } from "#server/patient/nam.ts";
import { capital } from "./capital.ts";
import type { Reading, Understood } from "./reading.ts";
import { takeDate } from "./take-date.ts";
import { nothingOfIt, takeGiven } from "./take-given.ts";

/** « grippe dose 2 », « grippe refusé », « grippe à faire »: what follows the word for a vaccine. Pure and browser-safe. */

export const vaccineWords = ["vaccin", "vaccine", "vax", "vacc", "immunisation", "immunization"];
const refusedWords = ["refus", "refuse", "refusee", "refused", "declined", "decline"];
const bare = (word: string | undefined) => foldText(word ?? "").replace(/[:,;.()]+$/g, "");
export const isRefused = (word: string) => refusedWords.includes(bare(word));

const denials = ["non", "pas", "not", "no", "jamais", "never", "sans"];
/** Not given yet, or not to be given. */
const notGiven =
  /(?:^|\s)(?:a (?:faire|donner|prevoir|planifier|recevoir|discuter)|prevue?s?|planifiee?s?|reportee?s?|annulee?s?|remise?s?|en attente|du(?:e)?|overdue|to (?:do|give)|planned|scheduled|deferred|postponed|pending|needed|contre-? ?indiquee?s?|contraindicated|demain|tomorrow|prochaine?)(?=$|[\s,;.])/;
/** A day said otherwise than « 2026-11-12 ». */
const otherDay =
  /(?:^|\s)(?:hier|avant-? ?hier|yesterday|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:la )?semaine (?:derniere|passee)|last (?:week|month|year)|mois (?:dernier|passe)|an dernier|annee derniere|il y a)(?=$|[\s,;.])/;

/** Words that leave in doubt whether it was given, where or when: « à vérifier », « si disponible », « en octobre », « lundi », « ? ». */
const doubtful =
  /\?|(?:^|\s)(?:a [a-z]{2,}(?:er|ir|re)|si|if|manquante?s?|missing|ailleurs|elsewhere|veut|wants|recue?s?|received|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day|janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept?(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|january|february|march|april|may|june|july|august|september|october|november|december)(?=$|[\s,;.?])/;

/** Given is sure only of what nothing in the line denies, puts off or says of another day. @param today `YYYY-MM-DD` */
export function readVaccine(words: readonly string[], today: string): Reading {
  const at = words.findIndex(isRefused);
  // « a peur, ne veut pas » after a refusal is why.
  const isDenied = words.slice(0, at > 0 ? at : undefined).some((word) => denials.includes(bare(word)));
  if (at > 0 && !isDenied) return readRefusal(words.slice(0, at), words.slice(at + 1), today);
  const { rest, ...given } = takeGiven(words);
  const folded = foldText(rest.join(" "));
  const dated = takeDate(rest, today);
  if ("future" in dated) return { is: "future", date: dated.future };
  if (dated.label === "") return { is: "nothing" };
  if (notGiven.test(folded) || isDenied)
    return { is: "unsure", meanings: [{ kind: "task", title: capital(`vaccin ${words.join(" ")}`), dueOn: null }] };
  const meaning: Understood = {
    kind: "vaccine",
    vaccine: capital(dated.label),
    occurred: dated.date || today,
    refused: false,
    reason: "",
    ...given,
  };
  if (doubtful.test(folded)) {
    const task = { kind: "task", title: capital(`vaccin ${words.join(" ")}`), dueOn: null } as const;
    return { is: "unsure", meanings: [task, meaning] };
  }
  if (!otherDay.test(folded)) return { is: "sure", meaning };
  return readOnAnotherDay(rest, meaning, today);
}

/** « grippe refusé 2025 », « grippe refusé a peur »: the day or the year is no reason. */
function readRefusal(before: readonly string[], after: readonly string[], today: string): Reading {
  const dated = takeDate(["", ...after], today);
  if ("future" in dated) return { is: "future", date: dated.future };
  const reason = capital(dated.label.replace(/^[\s:,;-]+/, ""));
  const vaccine = capital(before.join(" "));
  const meaning = {
    kind: "vaccine",
    vaccine,
    occurred: dated.date || today,
    refused: true,
    reason,
    ...nothingOfIt,
  } as const;
  return { is: "sure", meaning };
}

/** « grippe hier » is of the day before; a day in figures is read both ways, and the person chooses. */
function readOnAnotherDay(rest: readonly string[], meaning: Understood & { kind: "vaccine" }, today: string): Reading {
  const last = bare(rest.at(-1));
  const vaccine = capital(rest.slice(0, -1).join(" ").replace(/[,:]$/, ""));
  if (vaccine === "") return { is: "nothing" };
  if (last === "hier" || last === "yesterday") {
    const occurred = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
    return { is: "sure", meaning: { ...meaning, vaccine, occurred } };
  }
  const [, first = "", second = "", year = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(last) ?? [];
  const days = [
    [second, first],
    [first, second],
  ].map(([month = "", day = ""]) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  const possible = [...new Set(days)].filter((day) => day <= today && isRealDate(day));
  if (possible.length === 0) return { is: "nothing" };
  return { is: "unsure", meanings: possible.map((occurred) => ({ ...meaning, vaccine, occurred })) };
}
