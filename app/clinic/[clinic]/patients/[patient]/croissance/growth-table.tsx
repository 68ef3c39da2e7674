"use client";

import { useTranslations } from "next-intl";
import type { GrowthView } from "#server/growth/read-growth.ts";
import { measureOfIndicator, outsideOf } from "#server/growth/schema.ts";
import { useMeasureWords } from "../_summary/measure-words.ts";
import classes from "./growth.module.css";
import { useGrowthWords } from "./growth-words.ts";

/** What the drawing shows, in words and numbers: the newest first. */
export function GrowthTable({ series }: { series: GrowthView["series"][number] }) {
  const t = useTranslations("growth");
  const words = useMeasureWords();
  const growth = useGrowthWords();
  const { indicator, points } = series;
  const code = measureOfIndicator[indicator];
  const isByLength = indicator === "weight-for-length";
  const isPlaced = points.some(({ standing }) => standing);
  return (
    <div className={classes.tableScroll}>
      <table className={classes.table}>
        <caption className={classes.hidden}>{t(`indicators.${indicator}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t("columns.day")}</th>
            <th scope="col">{t("columns.age")}</th>
            {isByLength && (
              <th scope="col">
                {t("columns.length")} <span className={classes.unit}>cm</span>
              </th>
            )}
            <th scope="col">
              {code === "bmi" ? words.name(code) : words.fullName(code)}{" "}
              <span className={classes.unit}>{words.unitOf(code)}</span>
            </th>
            {isPlaced && <th scope="col">{t("columns.percentile")}</th>}
            {isPlaced && <th scope="col">{t("columns.score")}</th>}
          </tr>
        </thead>
        <tbody>
          {points
            .toSorted((one, other) => other.days - one.days)
            .map(({ id, day, days, x, value, standing }) => {
              const outside = outsideOf(standing?.percentile);
              return (
                <tr key={id}>
                  <th scope="row">{day}</th>
                  <td>{growth.age(days)}</td>
                  {isByLength && <td>{words.number({ code: "height", value: String(x) })}</td>}
                  <td>{words.number({ code, value })}</td>
                  {isPlaced && (
                    <td data-outside={outside}>
                      {standing ? words.percentile(standing.percentile) : t("notPlaced")}{" "}
                      {outside && <span className={classes.outside}>{t(`outside.${outside}`)}</span>}
                    </td>
                  )}
                  {isPlaced && <td>{standing && growth.score(standing.z)}</td>}
                </tr>
              );
            })}
        </tbody>
      </table>
    </div>
  );
}
