"use client";

import { Button, UnstyledButton } from "@mantine/core";
import { IconZoomOut } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { TimelineBar } from "#server/encounter/read-timeline.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import classes from "./note.module.css";

/** Days, `YYYY-MM-DD`, both included: a year, a month or one day of it. */
export interface Span {
  readonly from: string;
  readonly until: string;
  readonly unit: "year" | "month" | "day";
}

interface TimelineProps {
  patientId: string;
  span: Span | undefined;
  onSpan: (span: Span | undefined) => void;
}

const finer = { year: "month", month: "day", day: "day" } as const;

/** Visits by year; a year opens into its months, a month into its days. */
export function Timeline({ patientId, span, onSpan }: TimelineProps) {
  const t = useTranslations("notes");
  const trpc = useTRPC();
  const unit = span ? finer[span.unit] : "year";
  // A day is within its month: its neighbours stay in sight.
  const around = span?.unit === "day" ? monthOf(span.from) : span;
  const bars = useQuery({
    ...trpc.encounter.timeline.queryOptions({ patientId, unit, from: around?.from, until: around?.until }),
    placeholderData: keepPreviousData,
  });
  const rows = withGaps(bars.data ?? [], unit);
  if (rows.length === 0 && !span) return null;
  const highest = Math.max(1, ...rows.map(({ visits, notes }) => Math.max(visits, notes)));
  return (
    <div className={classes.timeline}>
      <div className={classes.timelineHead}>
        <strong>{span ? sayDay(span.from, span.unit) : t("timeline")}</strong>
        {!span && rows.some(({ visits }) => visits > 0) && (
          <span className={classes.under}>{t("since", total(rows))}</span>
        )}
        {span && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconZoomOut size={16} aria-hidden />}
            onClick={() => onSpan(wider(span))}
          >
            {t("wider")}
          </Button>
        )}
      </div>
      <fieldset className={classes.bars} aria-label={t("timeline")}>
        {rows.map(({ on, visits, notes }, at) =>
          visits + notes === 0 ? (
            <span key={on} className={classes.bar} aria-hidden>
              <span className={classes.barNone} />
              <span className={classes.barName}>{isNamed(at, rows.length) && sayShort(on, unit)}</span>
            </span>
          ) : (
            <UnstyledButton
              key={on}
              className={classes.bar}
              data-now={span?.from === on || undefined}
              aria-label={t("bar", { when: sayDay(on, unit), visits, notes })}
              title={t("bar", { when: sayDay(on, unit), visits, notes })}
              onClick={() => onSpan(spanOf(on, unit))}
            >
              <span
                className={classes.barFill}
                style={{ height: `${Math.max(8, (Math.max(visits, notes) / highest) * 100)}%` }}
              />
              <span className={classes.barName}>{isNamed(at, rows.length) && sayShort(on, unit)}</span>
            </UnstyledButton>
          ),
        )}
      </fieldset>
    </div>
  );
}

/** A year without a visit, or a month of the year, keeps its place: bars that touch would say that they follow. */
function withGaps(rows: readonly TimelineBar[], unit: Span["unit"]): readonly TimelineBar[] {
  const [first, last] = [rows[0]?.on, rows.at(-1)?.on];
  if (!first || !last || unit === "day") return rows;
  const held = new Map(rows.map((row) => [row.on, row]));
  const step = unit === "year" ? 12 : 1;
  const [from, until] = [monthsOf(first), monthsOf(last)];
  return Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, nth) => {
    const month = from + nth * step;
    const on = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
    return held.get(on) ?? { on, visits: 0, notes: 0 };
  });
}

const monthsOf = (on: string) => Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1;

/** Where there are many, every fifth has its name, and the last. */
const isNamed = (at: number, count: number) => count <= 14 || at === count - 1 || (at % 5 === 0 && count - at > 2);

const total = (rows: readonly { on: string; visits: number }[]) => ({
  count: rows.reduce((sum, { visits }) => sum + visits, 0),
  year: (rows.find(({ visits }) => visits > 0)?.on ?? "").slice(0, 4),
});

function monthOf(day: string): { from: string; until: string } {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { from: `${day.slice(0, 7)}-01`, until: `${day.slice(0, 7)}-${String(last).padStart(2, "0")}` };
}

function spanOf(on: string, unit: Span["unit"]): Span {
  if (unit === "year") return { from: on, until: `${on.slice(0, 4)}-12-31`, unit };
  return unit === "month" ? { ...monthOf(on), unit } : { from: on, until: on, unit };
}

function wider({ from, unit }: Span): Span | undefined {
  if (unit === "year") return undefined;
  return unit === "month" ? spanOf(`${from.slice(0, 4)}-01-01`, "year") : spanOf(`${from.slice(0, 7)}-01`, "month");
}

const sayDay = (on: string, unit: Span["unit"]) => on.slice(0, { year: 4, month: 7, day: 10 }[unit]);
const sayShort = (on: string, unit: Span["unit"]) =>
  unit === "year" ? on.slice(0, 4) : on.slice(unit === "month" ? 5 : 8, unit === "month" ? 7 : 10);
