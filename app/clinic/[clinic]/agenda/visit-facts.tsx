"use client";

import { IconPhone, IconRepeat } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AppointmentDetail, HistoryLine, VisitLine } from "#server/appointment/record.ts";
import classes from "./pane.module.css";
import { ToKnow } from "./to-know.tsx";
import type { VisitProps } from "./visit-pane.tsx";

/** What it is, when, with whom and why; how the person is reached; what was and what comes. */
export function VisitFacts({ sitting, visit, words, detail }: VisitProps & { detail: AppointmentDetail | undefined }) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  const day = (at: string) => format.dateTime(new Date(at), "date");
  const others = sitting.resourceIds.filter((id) => id !== sitting.resourceId).map((id) => words.resource(id));
  const facts: [string, ReactNode][] = [
    [t("facts.service"), words.service(sitting.serviceId)],
    [
      t("facts.when"),
      `${words.date(sitting.localDate)}, ${words.span(sitting.localMinute, sitting.localMinute + sitting.durationMinutes)}`,
    ],
    [t("facts.with"), [words.resource(sitting.resourceId), ...others].filter(Boolean).join(", ")],
    [t("facts.reason"), visit.reason],
    [t("facts.booked"), detail && `${day(detail.createdAt)}, ${detail.bookedBy ?? t(`sources.${visit.source}`)}`],
    [t("facts.confirmed"), visit.confirmedAt && t("confirmedOn", { date: day(visit.confirmedAt) })],
    [t("facts.forced"), sitting.overbookReason],
    [t("facts.cancelled"), detail?.cancelReason],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts
          .filter(([, fact]) => fact)
          .map(([term, fact]) => (
            <div key={term} className={classes.fact}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
      {detail && <Around detail={detail} words={words} />}
    </>
  );
}

function Around({ detail, words }: { detail: AppointmentDetail; words: VisitProps["words"] }) {
  const t = useTranslations("agenda");
  const { person, series } = detail;
  return (
    <>
      <section className={classes.part} aria-labelledby="to-know">
        <h3 className={classes.partTitle} id="to-know">
          {t("toKnow")}
        </h3>
        <ul className={classes.lines}>
          <ToKnow detail={detail} />
          {series && (
            <li>
              <IconRepeat aria-hidden />
              {t("seriesOf", { count: series.occurrences })}
            </li>
          )}
          {person.contacts.slice(0, 3).map(({ system, value }) => (
            <li key={`${system} ${value}`}>
              <IconPhone aria-hidden />
              {value}
            </li>
          ))}
        </ul>
      </section>
      {(detail.next || detail.last.length > 0) && (
        <section className={classes.part} aria-labelledby="other-visits">
          <h3 className={classes.partTitle} id="other-visits">
            {t("otherVisits")}
          </h3>
          <ul className={classes.lines}>
            {detail.next && <Line line={detail.next} words={words} coming />}
            {detail.last.slice(0, 3).map((line) => (
              <Line key={line.id} line={line} words={words} />
            ))}
          </ul>
        </section>
      )}
      {detail.history.length > 0 && (
        <details className={`${classes.part} ${classes.history}`}>
          <summary>{t("history", { count: detail.history.length })}</summary>
          <ul className={classes.lines}>
            {detail.history.map((line) => (
              <Change key={`${line.entity} ${line.version}`} line={line} words={words} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Line({ line, words, coming }: { line: VisitLine; words: VisitProps["words"]; coming?: boolean }) {
  const t = useTranslations("agenda");
  const missed = line.status === "noshow" || line.status === "cancelled";
  return (
    <li>
      <span>
        <strong>{words.date(line.date)}</strong> {words.minute(line.minute)}{" "}
        {[words.service(line.serviceId), words.resource(line.resourceId)].filter(Boolean).join(", ")}
        {coming && ` · ${t("coming")}`}
        {missed && ` · ${t(`states.${line.status as "noshow"}`)}`}
      </span>
    </li>
  );
}

/** What it was until then, in words: where it stood, or when it was. */
function Change({ line, words }: { line: HistoryLine; words: VisitProps["words"] }) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  const at = format.dateTime(new Date(line.until), "dateAndTime");
  const was =
    line.entity === "sitting" && line.date && line.minute !== null
      ? t("was.when", {
          date: words.date(line.date),
          time: words.minute(line.minute),
          who: words.resource(line.resourceId),
        })
      : t("was.state", { state: t(`states.${stageWord(line)}`) });
  return (
    <li>
      <span>
        {was}
        <br />
        <span className={classes.identity}>
          {t("was.until", { at })}
          {line.changedBy && ` · ${line.changedBy}`}
        </span>
      </span>
    </li>
  );
}

function stageWord({ status, flow }: HistoryLine): "expected" {
  if (status === "noshow" || status === "cancelled") return status as "expected";
  return (flow && flow !== "none" ? flow : "expected") as "expected";
}
