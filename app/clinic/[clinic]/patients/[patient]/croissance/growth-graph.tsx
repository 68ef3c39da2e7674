"use client";

import { useElementSize } from "@mantine/hooks";
import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import type { GrowthView } from "#server/growth/read-growth.ts";
import { drawnPercentiles, type Indicator, measureOfIndicator, outsideOf } from "#server/growth/schema.ts";
import plot from "../_summary/graph.module.css";
import { useMeasureWords } from "../_summary/measure-words.ts";
import { ticksOf } from "../_summary/ticks.ts";
import classes from "./growth.module.css";
import { useGrowthWords } from "./growth-words.ts";
import { domainOf, monthDays, type Span, yearDays } from "./spans.ts";

type Series = GrowthView["series"][number];
const margin = { top: 12, right: 40, bottom: 40, left: 44 };

/** The curves and the child's own points, at the size that there is: on a phone the words stay as large. The same is in the table. */
export function GrowthGraph({ series, span, label }: { series: Series; span: Span; label: string }) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const clip = useId();
  const format = useFormatter();
  const words = useMeasureWords();
  const growth = useGrowthWords();
  const t = useTranslations("growth");
  const width = measured || 880;
  const height = Math.round(Math.min(520, Math.max(340, width * 0.56)));
  const [from, until] = domainOf(series, span);
  const values = valuesWithin(series, from, until);
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const [least, most] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const x = (value: number) => margin.left + ((value - from) / (until - from)) * (width - margin.left - margin.right);
  const y = (value: number) =>
    height - margin.bottom - ((value - least) / (most - least)) * (height - margin.top - margin.bottom);
  const place = (at: number, value: number) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`;
  const code = measureOfIndicator[series.indicator];
  const bottom = height - margin.bottom;
  return (
    <div ref={ref} className={classes.frame}>
      <svg className={plot.graph} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <clipPath id={clip}>
          <rect
            x={margin.left}
            y={margin.top - 6}
            width={width - margin.left - margin.right}
            height={bottom - margin.top + 12}
          />
        </clipPath>
        {ticks.map((tick) => (
          <g key={tick} className={plot.grid}>
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            <text x={margin.left - 6} y={y(tick)} dy="4" textAnchor="end">
              {format.number(tick)}
            </text>
          </g>
        ))}
        {axisOf(series.indicator, from, until, width < 560).map(({ at, said }) => (
          <g key={at} className={plot.grid}>
            <line x1={x(at)} x2={x(at)} y1={margin.top} y2={bottom} />
            <text x={x(at)} y={bottom + 16} textAnchor="middle">
              {said}
            </text>
          </g>
        ))}
        <text x={(margin.left + width - margin.right) / 2} y={height - 6} textAnchor="middle">
          {t(`axis.${axisUnit(series.indicator, span)}`)}
        </text>
        <g clipPath={`url(#${clip})`}>
          {series.curves.flatMap((stretch) =>
            stretch.lines.map((line, at) => (
              <polyline
                key={`${stretch.x[0]} ${drawnPercentiles[at]}`}
                className={classes.curve}
                data-percentile={drawnPercentiles[at]}
                points={line
                  .flatMap((value, row) => (value === null ? [] : [place(stretch.x[row] ?? 0, value)]))
                  .join(" ")}
              />
            )),
          )}
          <polyline
            className={classes.own}
            points={series.points.map((one) => place(one.x, Number(one.value))).join(" ")}
          />
        </g>
        {endsOf(series, from, until).map(({ percentile, at, value }) => (
          <text key={percentile} x={x(at) + 4} y={y(value)} dy="4">
            {percentile}
          </text>
        ))}
        {series.points.map((one) => {
          const { id, day, days, value, standing } = one;
          const said = [
            `${words.number({ code, value })} ${words.unitOf(code)}`,
            day,
            growth.age(days),
            standing && t("point", { percentile: words.percentile(standing.percentile) }),
          ];
          return (
            <circle
              key={id}
              className={classes.point}
              data-outside={outsideOf(standing?.percentile)}
              cx={x(one.x)}
              cy={y(Number(value))}
              r={4}
            >
              <title>{said.filter(Boolean).join(", ")}</title>
            </circle>
          );
        })}
      </svg>
    </div>
  );
}

/** Every value that is drawn, for the axis to hold them; of nothing at all, something to draw a grid by. */
function valuesWithin({ curves, points }: Series, from: number, until: number): number[] {
  const drawn = curves.flatMap(({ x, lines }) =>
    lines.flatMap((line) =>
      line.filter((value, at): value is number => value !== null && (x[at] ?? -1) >= from && (x[at] ?? -1) <= until),
    ),
  );
  const all = [...drawn, ...points.map(({ value }) => Number(value))];
  return all.length > 0 ? all : [0, 1];
}

/** Where each curve leaves the drawing, to be named there. */
function endsOf({ curves }: Series, from: number, until: number) {
  return drawnPercentiles.flatMap((percentile, line) => {
    const ends = curves.flatMap(({ x, lines }) =>
      x.flatMap((at, row) => {
        const value = lines[line]?.[row];
        return value != null && at >= from && at <= until ? [{ percentile, at, value }] : [];
      }),
    );
    const last = ends.at(-1);
    return last ? [last] : [];
  });
}

const axisUnit = (indicator: Indicator, span: Span) =>
  indicator === "weight-for-length" ? "length" : span === "early" ? "months" : "years";

function axisOf(indicator: Indicator, from: number, until: number, isNarrow: boolean): { at: number; said: string }[] {
  const every = (unit: number, step: number) => {
    const first = Math.ceil(from / unit / step) * step;
    const count = Math.floor((until / unit - first) / step + 0.01) + 1;
    return Array.from({ length: count }, (_, nth) => ({
      at: (first + nth * step) * unit,
      said: String(first + nth * step),
    }));
  };
  if (indicator === "weight-for-length") return every(1, isNarrow ? 10 : 5);
  if (until < 3 * yearDays) return every(monthDays, isNarrow ? 4 : 2);
  return every(yearDays, isNarrow && until > 6 * yearDays ? 3 : 1);
}
