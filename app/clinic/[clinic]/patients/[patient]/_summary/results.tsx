"use client";

import { ActionIcon } from "@mantine/core";
import { IconFileText, IconPlus } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { measureOf, measures } from "#server/observation/measures.ts";
import type { LastValue } from "#server/summary/record.ts";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { MakeTask } from "../../../_tasks/make-task.tsx";
import { DocumentLink } from "../_documents/document-link.tsx";
import { LazyGraph } from "./lazy-dialogs.tsx";
import { showDecimal, useMeasureWords } from "./measure-words.ts";
import { Measured } from "./measured.tsx";
import { ResultForm } from "./result-form.tsx";
import classes from "./results.module.css";
import { sayRange } from "./say-range.ts";
import { useSummary } from "./use-summary.ts";

/** The last result of each test beside its range and the one before: for the right side of the chart. Asks for the words of `record`. */
export function Results({ patientId, mayWrite }: { patientId: string; mayWrite: boolean }) {
  const t = useTranslations("record.results");
  const summary = useSummary(patientId);
  const [adding, setAdding] = useState(false);
  const [graph, setGraph] = useState<string>();
  if (!summary.data) return null;
  const results = [...summary.data.values.filter(isResult)].sort((one, other) => rank(one) - rank(other));
  const newest = results.reduce<Date | undefined>((last, { at }) => (last && last > at ? last : at), undefined);
  return (
    <Section
      title={
        <>
          {t("title")}{" "}
          {newest && (
            <span className={classes.when}>
              <Moment at={newest} ago />
            </span>
          )}
        </>
      }
      action={
        mayWrite && (
          <ActionIcon variant="subtle" color="ardoise" size={24} aria-label={t("add")} onClick={() => setAdding(true)}>
            <IconPlus size={18} aria-hidden />
          </ActionIcon>
        )
      }
    >
      {adding && <ResultForm patientId={patientId} onClose={() => setAdding(false)} />}
      {results.length === 0 ? (
        <p className={classes.none}>{t("none")}</p>
      ) : (
        <div className={classes.box}>
          <Table results={results} patientId={patientId} mayWrite={mayWrite} onGraph={setGraph} />
        </div>
      )}
      {graph !== undefined && (
        <LazyGraph
          patientId={patientId}
          values={summary.data.values}
          first={graph}
          onClose={() => setGraph(undefined)}
        />
      )}
    </Section>
  );
}

function Table({
  results,
  patientId,
  mayWrite,
  onGraph,
}: {
  results: readonly LastValue[];
  patientId: string;
  mayWrite: boolean;
  onGraph: (code: string) => void;
}) {
  const t = useTranslations("record.results");
  const format = useFormatter();
  const words = useMeasureWords();
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
          <th scope="col" className={classes.before}>
            {t("before")}
          </th>
          {mayWrite && <td />}
        </tr>
      </thead>
      <tbody>
        {results.map((one) => (
          <tr key={one.code} title={format.dateTime(one.at, "dateAndTime")}>
            <th scope="row">
              {one.value === null ? (
                words.name(one.code, one.label)
              ) : (
                <button
                  type="button"
                  className={classes.series}
                  aria-haspopup="dialog"
                  onClick={() => onGraph(one.code)}
                >
                  {words.name(one.code, one.label)}
                </button>
              )}
              {one.reportId && (
                <DocumentLink
                  className={classes.report}
                  patientId={patientId}
                  documentId={one.reportId}
                  aria-label={t("report", { test: words.name(one.code, one.label) })}
                  title={t("report", { test: words.name(one.code, one.label) })}
                >
                  <IconFileText size={14} aria-hidden />
                </DocumentLink>
              )}
            </th>
            <td className={classes.number}>
              <Measured number={words.number(one)} unit={words.unitOf(one.code, one.unit)} deviation={one.deviation} />
            </td>
            <td className={classes.quiet}>{sayRange(one, words.language)}</td>
            <td className={classes.before}>{before(one, words.language)}</td>
            {mayWrite && (
              <td className={classes.act}>
                <MakeTask
                  icon={words.name(one.code, one.label)}
                  start={{
                    title:
                      `${words.name(one.code, one.label)} ${words.number(one)} ${words.unitOf(one.code, one.unit)}`.trim(),
                    patientId,
                    focus: { kind: "observation", id: one.id },
                  }}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** In the order of the measures, then what Chevet does not know. */
const rank = ({ code }: LastValue) => {
  const at = measures.findIndex(({ key }) => key === code);
  return at < 0 ? measures.length : at;
};

/** What a laboratory says, and whatever else is no vital sign. */
const isResult = ({ code }: LastValue) => {
  const group = measureOf(code)?.group;
  return group === undefined || group === "laboratory";
};

const before = ({ code, line }: LastValue, language: "fr" | "en") => {
  const one = line.at(-2);
  return one ? showDecimal(one.value, measureOf(code)?.decimals ?? 0, language) : "";
};
