"use client";

import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { FlowsheetCell, FlowsheetView } from "#server/flowsheet/read-flowsheet.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../../../_ui/focus/use-focus-back.ts";
import classes from "./flowsheet.module.css";
import { useMeasureWords } from "./measure-words.ts";
import { Measured } from "./measured.tsx";

interface FlowsheetDialogProps {
  patientId: string;
  /** The flowsheet's key. */
  sheet: string;
  onClose: () => void;
}

/** What is followed for a disease: filled from what was measured, with what is due in lampe and a word. */
export function FlowsheetDialog({ patientId, sheet, onClose }: FlowsheetDialogProps) {
  useFocusBack();
  const t = useTranslations("record.flowsheet");
  const language = languageOf(useLocale());
  const say = useErrorText();
  const trpc = useTRPC();
  const found = useQuery(trpc.flowsheet.read.queryOptions({ patientId, key: sheet }));
  return (
    <Modal opened onClose={onClose} title={found.data ? t("title", { name: found.data[language] }) : ""} size={1180}>
      {found.isError && (
        <ErrorPanel requestId={say(found.error).requestId} onRetry={() => void found.refetch()}>
          {say(found.error).message}
        </ErrorPanel>
      )}
      {found.data && <Sheet {...found.data} />}
    </Modal>
  );
}

function Sheet({ rows, source }: FlowsheetView) {
  const t = useTranslations("record.flowsheet");
  const words = useMeasureWords();
  const name = (codes: readonly string[]) => codes.map((code) => words.fullName(code)).join(" / ");
  const most = Math.max(1, ...rows.map(({ cells }) => cells.length));
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.sheet}>
          <thead>
            <tr>
              <th scope="col">{t("measure")}</th>
              <th scope="col" colSpan={most + 1} />
            </tr>
          </thead>
          <tbody>
            {[...rows].sort(lateFirst).map(({ codes, everyMonths, state, dueOn, cells }) => (
              <tr key={codes.join()}>
                <th scope="row">
                  {codes.includes("bp-systolic") ? t("pressure") : name(codes)}
                  <span className={classes.every}>{t("every", { count: everyMonths })}</span>
                </th>
                <td className={classes.due} data-state={state}>
                  {t(`states.${state}`, { date: dueOn ?? "" })}
                  {isLate(state) && <strong> !</strong>}
                </td>
                {cells.map((cell, nth) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two of one day differ by their place alone.
                  <td key={nth}>
                    <Cell {...cell} />
                  </td>
                ))}
                {cells.length === 0 && (
                  <td colSpan={most}>
                    <span className={classes.every}>{t("none")}</span>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.source}>{t("source", { source })}</p>
    </>
  );
}

/** What is overdue is read first; the rest stays in the sheet's own order. */
const lateFirst = (one: FlowsheetView["rows"][number], other: FlowsheetView["rows"][number]) =>
  Number(isLate(other.state)) - Number(isLate(one.state));
const isLate = (state: string) => state === "overdue" || state === "never";

function Cell({ day, values }: FlowsheetCell) {
  const words = useMeasureWords();
  const [first] = values;
  if (!first) return null;
  if (first.value === null)
    return (
      <>
        {first.text}
        <span className={classes.day}>{day}</span>
      </>
    );
  return (
    <>
      <Measured
        number={values.map((one) => words.number(one)).join("/")}
        unit={words.unitOf(first.code, first.unit)}
        deviation={values.find(({ deviation }) => deviation)?.deviation}
      />
      <span className={classes.day}>{day}</span>
    </>
  );
}
