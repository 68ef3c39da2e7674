import type { ClinicContext, Locale } from "#server/context.ts";
import type { RichText, Source } from "#server/note/rich-text-schema.ts";
import { todayIn } from "#server/patient/today.ts";
import type { InformationCategory } from "#server/privacy/schema.ts";
import { type RecordFacts, recordVariables } from "./record-variables.ts";

/** What is known of a patient, for the variables to say: one statement reads it all (offered-phrases.ts). */
export interface PatientFacts {
  readonly givenName: string;
  readonly familyName: string;
  readonly preferredName: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly gender: string | null;
  readonly nextVisitAt: Date | null;
  readonly nextVisitService: string | null;
  readonly lastNoteOn: string | null;
  readonly lastNoteTitle: string | null;
  readonly lastPlan: RichText | null;
  readonly record: RecordFacts;
}

export interface Said {
  readonly text: RichText;
  /** The day that it is of, when it is not of today. */
  readonly on?: string;
}

export interface Variable {
  /** What is typed after the full stop, or between braces in a phrase. The first is the one that is shown. */
  readonly names: Readonly<Record<Locale, string>>;
  readonly labels: Readonly<Record<Locale, string>>;
  /** Of what part of the chart it is: a restriction on it closes a letter or a note that it was put in. The database reads it by the name (clinic.source_categories). */
  readonly category?: InformationCategory;
  /** Null when the chart does not know: nothing is then put in the note but the question. */
  say(facts: PatientFacts, ctx: ClinicContext, now: Date): Said | null;
}

const line = (text: string): Said => ({ text: [{ runs: [text] }] });

/**
 * What a phrase may bring from the chart. One more is one entry here; what it needs to know is one more column of the facts.
 */
export const variables: readonly Variable[] = [
  ...recordVariables,
  {
    names: { fr: "nom", en: "name" },
    labels: { fr: "Nom de la personne", en: "Person’s name" },
    say: ({ givenName, familyName }) => line(`${givenName} ${familyName}`),
  },
  {
    names: { fr: "age", en: "age" },
    labels: { fr: "Âge", en: "Age" },
    say: ({ birthDate }, ctx, now) =>
      birthDate ? line(sayAge(birthDate, todayIn(ctx.clinic.timeZone, now), ctx.locale)) : null,
  },
  {
    names: { fr: "naissance", en: "born" },
    labels: { fr: "Date de naissance", en: "Date of birth" },
    say: ({ birthDate }) => (birthDate ? line(birthDate) : null),
  },
  {
    names: { fr: "date", en: "date" },
    labels: { fr: "Date du jour", en: "Today’s date" },
    say: (_, ctx, now) => line(todayIn(ctx.clinic.timeZone, now)),
  },
  {
    names: { fr: "heure", en: "time" },
    labels: { fr: "Heure", en: "Time" },
    say: (_, ctx, now) => line(sayTime(now, ctx)),
  },
  {
    names: { fr: "moi", en: "me" },
    labels: { fr: "Mon nom", en: "My name" },
    say: (_, ctx) => line(ctx.membership.displayName),
  },
  {
    names: { fr: "rdv", en: "next" },
    labels: { fr: "Prochaine visite", en: "Next visit" },
    category: "appointment",
    say: ({ nextVisitAt, nextVisitService }, ctx) =>
      nextVisitAt
        ? line(
            `${todayIn(ctx.clinic.timeZone, nextVisitAt)}, ${sayTime(nextVisitAt, ctx)}${nextVisitService ? ` (${nextVisitService})` : ""}`,
          )
        : null,
  },
  {
    names: { fr: "plan", en: "plan" },
    labels: { fr: "Plan de la dernière note", en: "Plan of the last note" },
    category: "note",
    say: ({ lastPlan, lastNoteOn }) => (lastPlan && lastNoteOn ? { text: lastPlan, on: lastNoteOn } : null),
  },
  {
    names: { fr: "derniere", en: "last" },
    labels: { fr: "Dernière note, date et titre", en: "Last note, date and title" },
    category: "note",
    say: ({ lastNoteOn, lastNoteTitle }) =>
      lastNoteOn ? { ...line(`${lastNoteOn}${lastNoteTitle ? `, ${lastNoteTitle}` : ""}`), on: lastNoteOn } : null,
  },
];

/** By its name in either language. */
export function findVariable(name: string): Variable | undefined {
  return variables.find(({ names }) => names.fr === name || names.en === name);
}

/** The text of a variable, each piece marked with where it came from. */
export function markSource(name: string, { text, on }: Said): RichText {
  const source: Source = { kind: "variable", name, ...(on && { on }) };
  return text.map((block) => ({
    ...block,
    runs: block.runs.map((run) => (typeof run === "string" ? { text: run, source } : { ...run, source })),
  }));
}

/** « 68 ans », « 7 mois », « 12 jours »: as an age is said at that age. */
export function sayAge(birthDate: string, today: string, locale: Locale): string {
  const [born, now] = [new Date(`${birthDate}T00:00:00Z`), new Date(`${today}T00:00:00Z`)];
  const months =
    (now.getUTCFullYear() - born.getUTCFullYear()) * 12 +
    now.getUTCMonth() -
    born.getUTCMonth() -
    (now.getUTCDate() < born.getUTCDate() ? 1 : 0);
  const years = Math.floor(months / 12);
  if (years >= 2) return locale === "fr" ? `${years} ans` : `${years} years`;
  if (months >= 2) return locale === "fr" ? `${months} mois` : `${months} months`;
  const days = Math.max(0, Math.round((now.getTime() - born.getTime()) / 86_400_000));
  if (locale === "fr") return `${days} jour${days > 1 ? "s" : ""}`;
  return `${days} day${days === 1 ? "" : "s"}`;
}

function sayTime(at: Date, { clinic, locale }: ClinicContext): string {
  return new Intl.DateTimeFormat(locale === "fr" ? "fr-CA" : "en-CA", {
    timeZone: clinic.timeZone,
    hour: "numeric",
    minute: "2-digit",
  }).format(at);
}
