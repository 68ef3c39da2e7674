"use client";

import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { measureOf } from "#server/observation/measures.ts";
import type { LastValue } from "#server/summary/record.ts";
import { LinkButton } from "../../../../../_ui/link-button/link-button.tsx";
import { Card } from "./card.tsx";
import { EntryActs } from "./entry-acts.tsx";
import { useMeasureWords } from "./measure-words.ts";
import { Measured } from "./measured.tsx";
import { ObservationForm } from "./observation-form.tsx";
import { pressureOf } from "./pressure.ts";
import { Row } from "./row.tsx";
import { Sparkline } from "./sparkline.tsx";
import { StandingMark } from "./standing-mark.tsx";
import classes from "./summary.module.css";
import type { CardOf } from "./summary.tsx";
import { VitalsForm } from "./vitals-form.tsx";

/** What is looked at first, in this order; the rest when the card is open. */
const ofAll = ["bp-systolic", "heart-rate", "weight", "bmi", "temperature", "hba1c"];
const ofGrowing = [
  "weight",
  "height",
  "head-circumference",
  "bmi",
  "body-surface",
  "heart-rate",
  "respiratory-rate",
  "temperature",
  "oxygen-saturation",
  "bp-systolic",
];

interface VitalsCardProps extends CardOf {
  values: readonly LastValue[];
  onGraph: (code: string) => void;
  /** Where a child's growth is followed; absent for whoever is grown. */
  growthHref?: string | undefined;
}

/** The last value of each measure, whether it is ordinary at that age, and the line of the last twelve. */
export function VitalsCard({ values, patientId, mayWrite, nth, onGraph, growthHref }: VitalsCardProps) {
  const t = useTranslations("record");
  const format = useFormatter();
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState<string>();
  const close = () => setShown(undefined);
  const pressure = pressureOf(values);
  // The two numbers of one pressure are one line.
  const first = growthHref ? ofGrowing : ofAll;
  const all = order(
    values.filter(({ code }) => !(pressure && code === "bp-diastolic")),
    first,
  );
  const atRest = all.filter(({ code }) => first.includes(code));
  const listed = isOpen || atRest.length === 0 ? all : atRest;
  const newest = all.reduce<Date | undefined>((last, { at }) => (last && last > at ? last : at), undefined);
  return (
    <Card
      title={t("vitals.title")}
      nth={nth}
      open={isOpen}
      onToggle={() => setOpen((before) => !before)}
      onAdd={mayWrite ? () => setShown("new") : undefined}
      addLabel={t("vitals.add")}
      meaning={newest && format.dateTime(newest, "date")}
      more={
        !isOpen &&
        all.length > listed.length && (
          <button type="button" className={classes.more} onClick={() => setOpen(true)}>
            {t("more", { count: all.length - listed.length })}
          </button>
        )
      }
      acts={
        // The head has room for one: a child's curves are first those of growth, and each row has its own.
        growthHref ? (
          <LinkButton className={classes.act} href={growthHref} variant="subtle" size="compact-sm">
            {t("vitals.growth")}
          </LinkButton>
        ) : (
          all.length > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => onGraph(listed[0]?.code ?? "")}>
              {t("vitals.curves")}
            </Button>
          )
        )
      }
    >
      {shown === "new" && <VitalsForm patientId={patientId} onClose={close} />}
      {all.length === 0 && shown !== "new" && <p className={classes.none}>{t("none")}</p>}
      <ul className={classes.rows}>
        {listed.map((one) => (
          <Row
            key={one.code}
            open={shown === one.code}
            onToggle={() => setShown((before) => (before === one.code ? undefined : one.code))}
            right={<Line one={one} />}
            detail={
              <Detail
                patientId={patientId}
                one={one}
                beside={pressure && one.code === "bp-systolic" ? pressure.diastolic : undefined}
                mayWrite={mayWrite}
                onClose={close}
                onGraph={() => onGraph(one.code)}
              />
            }
          >
            <VitalLine one={one} pressure={one.code === "bp-systolic" ? pressure : undefined} />
          </Row>
        ))}
      </ul>
    </Card>
  );
}

function VitalLine({ one, pressure }: { one: LastValue; pressure: ReturnType<typeof pressureOf> }) {
  const t = useTranslations("record.vitals");
  const words = useMeasureWords();
  return (
    <>
      <span className={classes.measure}>{pressure ? t("bp") : words.name(one.code, one.label)}</span>
      <Measured
        number={pressure ? pressure.number : words.number(one)}
        unit={words.unitOf(one.code, one.unit)}
        deviation={pressure ? pressure.deviation : one.deviation}
      />
      {one.position && <span className={classes.standing}>{t(`positions.${one.position}`)}</span>}
      {one.standing && <StandingMark standing={one.standing} />}
    </>
  );
}

function Line({ one }: { one: LastValue }) {
  const t = useTranslations("record.vitals");
  const words = useMeasureWords();
  const numbers = one.line.map(({ value }) => Number(value));
  const say = (value: number) => words.number({ code: one.code, value: String(value) });
  const [least, most] = [say(Math.min(...numbers)), say(Math.max(...numbers))];
  return (
    <Sparkline points={one.line} deviation={one.deviation} label={t("line", { count: numbers.length, least, most })} />
  );
}

interface DetailProps {
  patientId: string;
  one: LastValue;
  /** The diastolic of the same pressure. */
  beside: LastValue | undefined;
  mayWrite: boolean;
  onClose: () => void;
  onGraph: () => void;
}

function Detail({ patientId, one, beside, mayWrite, onClose, onGraph }: DetailProps) {
  const t = useTranslations("record.vitals");
  const format = useFormatter();
  const words = useMeasureWords();
  const said = [
    format.dateTime(one.at, "dateAndTime"),
    one.position && t(`positions.${one.position}`),
    one.entered,
    one.note,
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <>
      <p className={classes.written}>{one.derived ? t("derived") : said}</p>
      <div className={classes.actRow}>
        <Button variant="default" size="compact-sm" onClick={onGraph}>
          {t("curves")}
        </Button>
      </div>
      {mayWrite && !one.derived && <ObservationForm value={one} onClose={onClose} />}
      {mayWrite && beside && <ObservationForm value={beside} onClose={onClose} />}
      {!one.derived && (
        <EntryActs
          kind="observation"
          id={one.id}
          version={one.version}
          by=""
          writtenAt={one.at}
          mayWrite={mayWrite}
          onGone={onClose}
          task={{
            title: beside
              ? `${t("bp")} ${words.number(one)}/${words.number(beside)}`
              : `${words.name(one.code, one.label)} ${words.number(one)}`,
            patientId,
            focus: { kind: "observation", id: one.id },
          }}
        />
      )}
    </>
  );
}

/** Those that are looked at first, then vital signs and growth, then the rest. */
function order(values: readonly LastValue[], first: readonly string[]): LastValue[] {
  const rank = ({ code }: LastValue) => {
    const at = first.indexOf(code);
    if (at >= 0) return at;
    const group = measureOf(code)?.group;
    return group === "vital" ? 10 : group === "growth" ? 11 : group === "examination" ? 12 : 20;
  };
  return values
    .filter(({ code }) => first.includes(code) || isVital(code))
    .sort((one, other) => rank(one) - rank(other));
}

/** Results of a laboratory are on the other side of the chart. */
const isVital = (code: string) => {
  const group = measureOf(code)?.group;
  return group !== undefined && group !== "laboratory";
};
