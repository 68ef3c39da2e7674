"use client";

import { Button, SegmentedControl, Tabs } from "@mantine/core";
import { IconAlertTriangle, IconChevronLeft, IconPrinter } from "@tabler/icons-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { GrowthView } from "#server/growth/read-growth.ts";
import { type Indicator, measureOfIndicator, outsideOf, referenceSexOf } from "#server/growth/schema.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { useMeasureWords } from "../_summary/measure-words.ts";
import classes from "./growth.module.css";
import { GrowthGraph } from "./growth-graph.tsx";
import { GrowthTable } from "./growth-table.tsx";
import { useGrowthWords } from "./growth-words.ts";
import { indicatorsOf, type Span, spans, within, yearDays } from "./spans.ts";

interface GrowthProps {
  slug: string;
  patientId: string;
  growth: GrowthView;
}

/** How a child grows: one indicator at a time, at the age of lying or of standing. Keys 1 to 4 choose, 0 changes the age. */
export function Growth({ slug, patientId, growth }: GrowthProps) {
  const t = useTranslations("growth");
  const [span, setSpan] = useState<Span>(() => spanOf(growth));
  const [chosen, setChosen] = useState<Indicator>();
  const shown = indicatorsOf[span];
  const indicator = chosen && shown.includes(chosen) ? chosen : shown[0];
  const group = t("title");
  useShortcutList([
    ...shown.map((one, at) => ({
      keys: String(at + 1),
      label: t(`indicators.${one}`),
      group,
      run: () => setChosen(one),
    })),
    {
      keys: "0",
      label: t("otherSpan"),
      group,
      run: () => setSpan((before) => (before === "early" ? "late" : "early")),
    },
  ]);
  const chart = `/clinic/${slug}/patients/${patientId}`;
  return (
    <section className={classes.screen} aria-label={t("title")}>
      <div className={classes.head}>
        <Link href={chart} prefetch={false} className={classes.back} aria-label={t("toChart")} data-print="hide">
          <IconChevronLeft size={20} aria-hidden />
        </Link>
        <h2 className={classes.title}>{t("title")}</h2>
        {growth.gestation && (
          <span className={classes.born}>
            {t("bornAt", { sex: growth.sex ?? "other", weeks: growth.gestation.replace(".", ",") })}
          </span>
        )}
        <div className={classes.acts} data-print="hide">
          <SegmentedControl
            aria-label={t("span")}
            data={spans.map((one) => ({ value: one, label: t(`spans.${one}`) }))}
            value={span}
            onChange={(value) => setSpan(value as Span)}
          />
          <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
            {t("print")}
          </Button>
        </div>
      </div>
      {growth.reference?.invented && (
        <p className={classes.invented}>
          <IconAlertTriangle size={18} aria-hidden />
          {t("invented")}
        </p>
      )}
      <Missing growth={growth} file={`${chart}/fiche`} />
      {growth.birthDate && (
        <Tabs
          id="growth"
          value={indicator ?? ""}
          onChange={(value) => setChosen(value as Indicator)}
          keepMounted={false}
        >
          <Tabs.List aria-label={t("choose")} data-print="hide">
            {shown.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`short.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {shown.map((one) => (
            <Tabs.Panel key={one} value={one} className={classes.panel}>
              <Panel growth={growth} indicator={one} span={span} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </section>
  );
}

/** A baby's by the tables of babies; then, and for whoever's age is not known, the others. */
function spanOf({ birthDate, today }: GrowthView): Span {
  const days = birthDate ? (Date.parse(today) - Date.parse(birthDate)) / 86_400_000 : Number.POSITIVE_INFINITY;
  return days < 2 * yearDays ? "early" : "late";
}

/** Why there are no curves, and who can do something about it. */
function Missing({ growth, file }: { growth: GrowthView; file: string }) {
  const t = useTranslations("growth");
  const sex = growth.birthDate && referenceSexOf(growth.sex);
  if (sex && growth.reference) return null;
  const link = (chunks: React.ReactNode) => (
    <Link href={file} prefetch={false}>
      {chunks}
    </Link>
  );
  const code = (chunks: React.ReactNode) => <code>{chunks}</code>;
  return (
    <p className={classes.missing}>
      {!growth.birthDate
        ? t.rich("noBirthDate", { link })
        : !sex
          ? t.rich("noSex", { link })
          : t.rich("noReference", { code })}
    </p>
  );
}

function Panel({ growth, indicator, span }: { growth: GrowthView; indicator: Indicator; span: Span }) {
  const t = useTranslations("growth");
  const language = languageOf(useLocale());
  const found = growth.series.find((one) => one.indicator === indicator);
  if (!found) return null;
  const series = within(found, span);
  const { reference } = growth;
  const hasCurves = reference && series.curves.length > 0;
  const said = <Said series={series} />;
  return (
    <>
      <h3 className={classes.indicator}>{t(`indicators.${indicator}`)}</h3>
      <p className={classes.last}>{said}</p>
      <Drawing series={series} span={span} />
      <p className={classes.source}>
        {hasCurves && `${t("curves", { title: language === "fr" ? reference.titleFr : reference.titleEn })} `}
        {span === "early" && t("term")} {hasCurves && reference.notice}
      </p>
      {series.points.length > 0 && <GrowthTable series={series} />}
    </>
  );
}

type Series = GrowthView["series"][number];

/** The last measure and where it stands; and since when it stands outside, when it does. */
function useSaid(series: Series): { last: string; outside: string | undefined } {
  const t = useTranslations("growth");
  const words = useMeasureWords();
  const growth = useGrowthWords();
  const last = series.points.toSorted((one, other) => one.days - other.days).at(-1);
  if (!last) return { last: t("none"), outside: undefined };
  const code = measureOfIndicator[series.indicator];
  const value = `${words.number({ code, value: last.value })} ${words.unitOf(code)}`;
  const [day, age] = [last.day, growth.age(last.days)];
  const outside = outsideOf(last.standing?.percentile);
  const since = outside && firstOutside(series, outside);
  return {
    last: last.standing
      ? t("lastPlaced", {
          value,
          day,
          age,
          percentile: words.percentile(last.standing.percentile),
          score: growth.score(last.standing.z),
        })
      : t("last", { value, day, age }),
    outside: outside && since && t(`since.${outside}`, { day: since }),
  };
}

/** The first of the last measures that stand on that side without a break. */
function firstOutside({ points }: Series, side: "below" | "above"): string | undefined {
  const newest = points.toSorted((one, other) => other.days - one.days);
  const end = newest.findIndex(({ standing }) => outsideOf(standing?.percentile) !== side);
  return newest.slice(0, end < 0 ? newest.length : end).at(-1)?.day;
}

function Said({ series }: { series: Series }) {
  const { last, outside } = useSaid(series);
  return (
    <>
      {last} {outside && <span className={classes.outsideSaid}>{outside}</span>}
    </>
  );
}

function Drawing({ series, span }: { series: Series; span: Span }) {
  const t = useTranslations("growth");
  const { last, outside } = useSaid(series);
  const count = t("count", { count: series.points.length });
  const what = `${t(`indicators.${series.indicator}`)}, ${t(`spans.${span}`)}. ${count}.`;
  return <GrowthGraph series={series} span={span} label={[what, last, outside].filter(Boolean).join(" ")} />;
}
