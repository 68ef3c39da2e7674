"use client";

import { useFormatter, useTranslations } from "next-intl";
import classes from "./graph.module.css";
import { ticksOf } from "./ticks.ts";

interface Point {
  readonly at: Date;
  readonly value: number;
  /** As it is read. */
  readonly said: string;
}

interface Drawn {
  readonly name: string;
  readonly unit: string;
  /** The newest first. */
  readonly points: readonly Point[];
  /** The reference that all of its points share. */
  readonly range: Range | undefined;
}

export interface Range {
  readonly low: number | null;
  readonly high: number | null;
  /** As it is read: « 45 – 84 ». */
  readonly said: string;
}

const [width, height] = [820, 300];
const margin = { top: 16, right: 56, bottom: 28, left: 56 };

/**
 * One or two series on one line of time, to scale: a gap of three years is three years wide. Two units have two axes, one on each side;
 * the same unit has one. The values are in a table below for whoever does not see a drawing.
 */
export function SeriesGraph({ series }: { series: readonly Drawn[] }) {
  const t = useTranslations("record.graph");
  const format = useFormatter();
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) return <p>{t("empty")}</p>;
  const times = all.map(({ at }) => at.getTime());
  const [from, until] = [Math.min(...times), Math.max(...times)];
  const x = place(from, until, margin.left + 8, width - margin.right - 8);
  const isOne = new Set(series.map(({ unit }) => unit)).size === 1;
  const axes = (isOne ? [series] : series.map((one) => [one])).map(axisOf);
  const label = series
    .flatMap(({ name, unit, points, range }) => [
      t("label", {
        first: name,
        count: points.length,
        from: format.dateTime(new Date(from), "date"),
        until: format.dateTime(new Date(until), "date"),
      }),
      ...(range ? [t("range", { range: `${range.said} ${unit}`.trim() })] : []),
    ])
    .join(". ");
  return (
    <figure className={classes.figure}>
      <svg className={classes.graph} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {series.map(({ name, range }, nth) => {
          const axis = axes[isOne ? 0 : nth];
          if (!range || !axis) return null;
          const top = range.high === null ? margin.top : axis.y(range.high);
          const bottom = range.low === null ? height - margin.bottom : axis.y(range.low);
          return (
            <g key={name} data-series={nth} className={classes.series}>
              <rect
                className={classes.band}
                x={margin.left}
                y={top}
                width={width - margin.left - margin.right}
                height={Math.max(0, bottom - top)}
              />
              {[range.high, range.low].map(
                (limit) =>
                  limit !== null && (
                    <line
                      key={limit}
                      className={classes.limit}
                      x1={margin.left}
                      x2={width - margin.right}
                      y1={axis.y(limit)}
                      y2={axis.y(limit)}
                    />
                  ),
              )}
            </g>
          );
        })}
        {axes[0]?.ticks.map((tick) => (
          <g key={tick} className={classes.grid}>
            <line x1={margin.left} x2={width - margin.right} y1={axes[0]?.y(tick)} y2={axes[0]?.y(tick)} />
            <text x={margin.left - 8} y={axes[0]?.y(tick)} dy="4" textAnchor="end">
              {format.number(tick)}
            </text>
          </g>
        ))}
        {axes[1]?.ticks.map((tick) => (
          <text key={tick} className={classes.second} x={width - margin.right + 8} y={axes[1]?.y(tick)} dy="4">
            {format.number(tick)}
          </text>
        ))}
        {dayTicks(from, until).map((at) => (
          <text key={at} className={classes.day} x={x(at)} y={height - 8} textAnchor="middle">
            {until - from > 3 * yearMs ? new Date(at).getUTCFullYear() : format.dateTime(new Date(at), "date")}
          </text>
        ))}
        {series.map(({ name, unit, points }, nth) => {
          const y = (axes[isOne ? 0 : nth] ?? axes[0])?.y ?? (() => 0);
          const drawn = [...points]
            .reverse()
            .map((point) => ({ ...point, x: x(point.at.getTime()), y: y(point.value) }));
          return (
            <g key={name} data-series={nth} className={classes.series}>
              <polyline points={drawn.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(" ")} />
              {drawn.map((point) => (
                <circle
                  key={`${point.at.getTime()} ${point.said}`}
                  cx={point.x}
                  cy={point.y}
                  r={drawn.length > 120 ? 1.5 : 3.5}
                >
                  <title>{`${name} ${point.said} ${unit}, ${format.dateTime(point.at, "dateAndTime")}`}</title>
                </circle>
              ))}
            </g>
          );
        })}
      </svg>
      <figcaption className={classes.legend}>
        {series.map(({ name, unit }, nth) => (
          <span key={name} data-series={nth} className={classes.key}>
            {name} {unit && `(${unit})`}
          </span>
        ))}
        {series.map(
          ({ name, range }, nth) =>
            range && (
              <span key={name} data-series={nth} className={classes.bandKey}>
                {t("range", { range: range.said })}
              </span>
            ),
        )}
      </figcaption>
    </figure>
  );
}

const yearMs = 365 * 86_400_000;

/** From the least to the most of what is drawn on it, the limits of a reference among them. */
function axisOf(series: readonly Drawn[]) {
  const values = series.flatMap(({ points, range }) => [
    ...points.map(({ value }) => value),
    ...[range?.low, range?.high].filter((limit) => typeof limit === "number"),
  ]);
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  return { ticks, y: place(ticks[0] ?? 0, ticks.at(-1) ?? 1, height - margin.bottom - 8, margin.top) };
}

function place(from: number, until: number, start: number, end: number): (value: number) => number {
  if (from === until) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (until - from)) * (end - start);
}

/** Five moments at most, from the first to the last. */
function dayTicks(from: number, until: number): number[] {
  if (from === until) return [from];
  return [0, 1, 2, 3, 4].map((nth) => from + ((until - from) * nth) / 4);
}
