"use client";

import { Button, Modal, Select } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ObservationView } from "#server/observation/record.ts";
import type { LastValue } from "#server/summary/record.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../../../_ui/focus/use-focus-back.ts";
import classes from "./graph.module.css";
import { useMeasureWords } from "./measure-words.ts";
import { sayRange } from "./say-range.ts";
import { type Range, SeriesGraph } from "./series-graph.tsx";

interface GraphDialogProps {
  patientId: string;
  values: readonly LastValue[];
  /** The series that is shown at first. */
  first: string;
  onClose: () => void;
}

/** Any two series of numbers on one line of time (VA-5), and the same in a table. */
export function GraphDialog({ patientId, values, first, onClose }: GraphDialogProps) {
  useFocusBack();
  const t = useTranslations("record.graph");
  const words = useMeasureWords();
  const numeric = values.filter(({ value }) => value !== null);
  const [one, setOne] = useState(numeric.some(({ code }) => code === first) ? first : (numeric[0]?.code ?? ""));
  const [other, setOther] = useState<string | null>(first === "bp-systolic" ? "bp-diastolic" : null);
  const data = numeric.map(({ code, label }) => ({ value: code, label: words.fullName(code, label) }));
  return (
    <Modal opened onClose={onClose} title={t("title")} size={880}>
      <div className={classes.choose}>
        <Select
          label={t("first")}
          data={data}
          value={one}
          onChange={(code) => code && setOne(code)}
          allowDeselect={false}
          searchable
        />
        <Select
          label={t("second")}
          placeholder={t("noSecond")}
          data={data.filter(({ value }) => value !== one)}
          value={other === one ? null : other}
          onChange={setOther}
          searchable
          clearable
        />
      </div>
      {one === "" ? (
        <p>{t("empty")}</p>
      ) : (
        <Graph patientId={patientId} codes={other && other !== one ? [one, other] : [one]} />
      )}
    </Modal>
  );
}

function Graph({ patientId, codes }: { patientId: string; codes: string[] }) {
  const t = useTranslations("record.graph");
  const say = useErrorText();
  const format = useFormatter();
  const words = useMeasureWords();
  const trpc = useTRPC();
  const [most, setMost] = useState(200);
  const found = useQuery({
    ...trpc.observation.series.queryOptions({ patientId, codes, most }),
    placeholderData: keepPreviousData,
  });
  if (found.isError)
    return (
      <ErrorPanel requestId={say(found.error).requestId} onRetry={() => void found.refetch()}>
        {say(found.error).message}
      </ErrorPanel>
    );
  if (!found.data) return <div className={classes.waiting} />;
  const series = found.data.series.map(({ code, label, unit, points }) => ({
    name: words.fullName(code, label),
    unit: words.unitOf(code, unit),
    range: sharedRange(code, points, words.language),
    points: points.flatMap(({ at, value, ...rest }) =>
      value === null ? [] : [{ at, value: Number(value), said: words.number({ ...rest, value }) }],
    ),
  }));
  const days = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => format.dateTime(at, "dateAndTime"))))]
    .sort()
    .reverse();
  return (
    <>
      <SeriesGraph series={series} />
      <div className={classes.tableScroll}>
        <table className={classes.table}>
          <caption className={classes.hidden}>{t("table")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("when")}</th>
              {series.map(({ name, unit }) => (
                <th key={name} scope="col">
                  {name} <span className={classes.unit}>{unit}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                {series.map(({ name, points }) => (
                  <td key={name}>
                    {points
                      .filter(({ at }) => format.dateTime(at, "dateAndTime") === day)
                      .map(({ said }) => said)
                      .join(", ")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.data.series.some(({ more }) => more) && most < 1000 && (
        <Button variant="subtle" onClick={() => setMost(1000)}>
          {t("older")}
        </Button>
      )}
    </>
  );
}

/** The reference of a series, when a laboratory gave all of its points the same: of two, none would be true of the whole. */
function sharedRange(code: string, points: readonly ObservationView[], language: "fr" | "en"): Range | undefined {
  const drawn = points.filter(({ value }) => value !== null);
  const [first] = drawn;
  if (!first || (first.low === null && first.high === null)) return undefined;
  if (drawn.some(({ low, high }) => !isSame(low, first.low) || !isSame(high, first.high))) return undefined;
  const [low, high] = [first.low, first.high].map((limit) => (limit === null ? null : Number(limit)));
  return { low: low ?? null, high: high ?? null, said: sayRange({ code, low: first.low, high: first.high }, language) };
}

/** Decimals are told as they were written: 7 and 7.0 are one limit. */
const isSame = (one: string | null, other: string | null) =>
  one === null || other === null ? one === other : Number(one) === Number(other);
