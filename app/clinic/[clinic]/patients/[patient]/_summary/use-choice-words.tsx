"use client";

import { useLocale, useTranslations } from "next-intl";
import { ageAt, deviationOf } from "#server/observation/judge-value.ts";
import type { HistoryRead, ReadValue } from "#server/quick-add/reading.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useMeasureWords } from "./measure-words.ts";
import { Measured } from "./measured.tsx";
import classes from "./quick-add.module.css";
import type { Choice } from "./use-add-choice.ts";

/** What a choice would write, as a line to read before Enter and as a few words for the toast after. */
export function useChoiceWords(birthDate: string | null) {
  const t = useTranslations("record");
  const q = useTranslations("record.quick");
  const language = languageOf(useLocale());
  const words = useMeasureWords();

  const ageOf = ({ atAge }: { atAge?: number | null }) => atAge != null && t("history.at", { years: atAge });

  /** « Mère : asthme 1999 » */
  const ofWhom = ({ relation, label, occurred, atAge }: HistoryRead) => {
    const said = relation ? t("history.of", { relation: t(`history.relations.${relation}`), label }) : label;
    return [said, occurred, ageOf({ atAge })].filter(Boolean).join(" ");
  };

  const name = ({ meaning, concept }: Choice) => {
    if (concept) return concept[language];
    if (meaning.kind === "problem" || meaning.kind === "history" || isTaken(meaning)) return meaning.label;
    if (meaning.kind === "task") return meaning.title;
    if (meaning.kind === "histories") return meaning.entries.map(ofWhom).join(" + ");
    if (meaning.kind === "allergy") return meaning.substance;
    if (meaning.kind === "allergies")
      return meaning.entries
        .map(({ substance, reaction }) => [substance, reaction && `(${reaction})`].filter(Boolean).join(" "))
        .join(" + ");
    return meaning.kind === "vaccine" ? meaning.vaccine : "";
  };

  const kind = ({ meaning }: Choice) => {
    if (meaning.kind === "task") return q("task");
    if (isTaken(meaning)) return q(meaning.kind);
    if (meaning.kind === "problem") return q("problem");
    if (meaning.kind === "allergy") return q(meaning.intolerance ? "intolerance" : "allergy");
    if (meaning.kind === "allergies") return q(meaning.entries[0]?.intolerance ? "intolerance" : "allergy");
    if (meaning.kind === "vaccine") return q(meaning.refused ? "vaccineRefused" : "vaccine");
    if (meaning.kind === "history") return t(`history.kinds.${meaning.of}`);
    if (meaning.kind === "histories") return t("history.kinds.family");
    return "";
  };

  const more = ({ meaning }: Choice) => {
    if (meaning.kind === "task") return [meaning.dueOn];
    if (meaning.kind === "problem") return [meaning.onset];
    if (meaning.kind === "allergy")
      return [meaning.reaction, meaning.severity && t(`allergies.severities.${meaning.severity}`).toLocaleLowerCase()];
    if (meaning.kind === "vaccine")
      return [
        meaning.occurred,
        meaning.reason,
        meaning.doseNumber && t("vaccines.doseN", { number: meaning.doseNumber }),
        meaning.site && t(`vaccines.sites.${meaning.site}`).toLocaleLowerCase(),
        meaning.lot && `lot ${meaning.lot}`,
      ];
    if (meaning.kind === "history")
      return [
        meaning.relation && t(`history.relations.${meaning.relation}`),
        meaning.occurred,
        ageOf(meaning),
        meaning.note,
      ];
    return [];
  };

  const number = (one: ReadValue) =>
    words.number({ code: one.code, value: one.value, comparator: one.comparator, text: one.text });

  /** One value, and its pressure in one breath. */
  const values = (read: readonly ReadValue[]) =>
    read.flatMap((one, at) => {
      if (one.code === "bp-diastolic" && read[at - 1]?.code === "bp-systolic") return [];
      const diastolic = one.code === "bp-systolic" ? read[at + 1] : undefined;
      const deviation = deviationOf(one, ageAt(birthDate, new Date()));
      const below = diastolic && deviationOf(diastolic, ageAt(birthDate, new Date()));
      return [
        {
          code: one.code,
          label: diastolic ? t("vitals.bp") : words.name(one.code),
          number: diastolic ? `${number(one)}/${number(diastolic)}` : number(one),
          unit: words.unitOf(one.code),
          deviation: deviation ?? below,
          entered: one.entered,
          position: one.position && t(`vitals.positions.${one.position}`),
          note: one.note,
        },
      ];
    });

  return {
    title(choice: Choice): string {
      const { meaning } = choice;
      if (meaning.kind === "no-allergy") return q("noAllergy");
      if (meaning.kind !== "observations") return `${kind(choice)} ${name(choice)}`;
      return values(meaning.values)
        .map((one) => [one.label, one.number, one.unit, one.position, one.note].filter(Boolean).join(" "))
        .join(", ");
    },
    line(choice: Choice) {
      const { meaning, concept } = choice;
      if (choice.standing)
        return (
          <span className={classes.said}>
            <span className={classes.kind} data-tone="attention">
              {q(meaning.kind === "stop" ? "stop" : choice.standing.isOtherTime ? "otherTime" : "standing")}
            </span>{" "}
            <strong>
              {meaning.kind === "history"
                ? ofWhom({ ...meaning, label: choice.standing.label, occurred: "", atAge: null })
                : choice.standing.label}
            </strong>{" "}
            <span className={classes.quiet}>
              {[...choice.standing.details, ageOf(choice.standing)].filter(Boolean).join(" · ")}
            </span>
          </span>
        );
      if (meaning.kind === "no-allergy") return <span className={classes.said}>{q("noAllergy")}</span>;
      if (meaning.kind === "observations")
        return (
          <span className={classes.said}>
            {values(meaning.values).map((one) => (
              <span key={`${one.code} ${one.position} ${one.note} ${one.number}`} className={classes.value}>
                {one.label} <Measured number={one.number} unit={one.unit} deviation={one.deviation} />
                {one.position && <span className={classes.quiet}> {one.position}</span>}
                {one.note && <span className={classes.quiet}> {one.note}</span>}
                {one.entered && <span className={classes.quiet}> ({q("read", { entered: one.entered })})</span>}
              </span>
            ))}
          </span>
        );
      // A task has no list to be on; a medication is chosen from its own.
      const isListed = meaning.kind !== "task" && !isTaken(meaning);
      const from = isListed ? q(concept ? "asListed" : "free") : "";
      const details = [...more(choice), from].filter(Boolean);
      return (
        <span className={classes.said}>
          <span className={classes.kind}>{kind(choice)}</span> <strong>{name(choice)}</strong>{" "}
          <span className={classes.quiet}>{details.join(" · ")}</span>
        </span>
      );
    },
  };
}

/** Of the medications, which have their own screen. */
const isTaken = (meaning: Choice["meaning"]): meaning is Extract<Choice["meaning"], { kind: "medication" | "stop" }> =>
  meaning.kind === "medication" || meaning.kind === "stop";
