"use client";

import { useFormatter, useTranslations } from "next-intl";
import { measureOf } from "#server/observation/measures.ts";
import type { LastValue } from "#server/summary/record.ts";
import { showDecimal, useMeasureWords } from "./measure-words.ts";
import { Measured } from "./measured.tsx";
import classes from "./results.module.css";
import { useSummary } from "./use-summary.ts";

/** The last result of each test beside its range and the one before: for the right side of the chart. Asks for the words of `record`. */
export function Results({ patientId }: { patientId: string }) {
  const t = useTranslations("record.results");
  const format = useFormatter();
  const words = useMeasureWords();
  const summary = useSummary(patientId);
  if (!summary.data) return null;
  const results = summary.data.values.filter(isResult);
  if (results.length === 0) return <p className={classes.none}>{t("none")}</p>;
  return (
    <table className={classes.results}>
      <thead>
        <tr>
          <th scope="col">{t("test")}</th>
          <th scope="col" className={classes.number}>
            {t("value")}
          </th>
          <th scope="col" className={classes.number}>
            {t("range")}
          </th>
          <th scope="col" className={classes.number}>
            {t("before")}
          </th>
        </tr>
      </thead>
      <tbody>
        {results.map((one) => (
          <tr key={one.code} title={format.dateTime(one.at, "dateAndTime")}>
            <th scope="row">{words.name(one.code, one.label)}</th>
            <td className={classes.number}>
              <Measured number={words.number(one)} unit={words.unitOf(one.code, one.unit)} deviation={one.deviation} />
            </td>
            <td className={classes.quiet}>{rangeOf(one, words.language)}</td>
            <td className={classes.quiet}>{before(one, words.language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a laboratory says, and whatever else is no vital sign. */
const isResult = ({ code }: LastValue) => {
  const group = measureOf(code)?.group;
  return group === undefined || group === "laboratory";
};

function rangeOf({ code, low, high }: LastValue, language: "fr" | "en"): string {
  const say = (value: string) => showDecimal(value, measureOf(code)?.decimals ?? 0, language);
  if (low !== null && high !== null) return `${say(low)} – ${say(high)}`;
  if (high !== null) return `≤ ${say(high)}`;
  return low === null ? "" : `≥ ${say(low)}`;
}

const before = ({ code, line }: LastValue, language: "fr" | "en") => {
  const one = line.at(-2);
  return one ? showDecimal(one.value, measureOf(code)?.decimals ?? 0, language) : "";
};
