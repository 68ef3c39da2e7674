"use client";

import { Button } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { VisitLine, VisitSummary } from "#server/chart/record.ts";
import type { PatientView } from "#server/patient/record.ts";
import { languageOf } from "../../../../_i18n/locale.ts";
import { Section } from "../../../../_ui/section/section.tsx";
import { sayMinute } from "../../_schedule/wall-time.ts";
import { useBookVisit } from "./use-book-visit.ts";
import classes from "./visits-card.module.css";

interface VisitsCardProps {
  slug: string;
  patient: PatientView;
  visits: VisitSummary;
  mayPlan: boolean;
  /** Says how many there were: where nothing else on the screen does. */
  counts: boolean;
}

/** As many past visits as the list shows at most. Where it shows them all, a count of those that were held would be another number. */
const listed = 6;

/** When they come next, when they came last, and the next visit one gesture away. */
export function VisitsCard({ slug, patient, visits, mayPlan, counts }: VisitsCardProps) {
  const t = useTranslations("chart.visits");
  const { coming, past, count, since } = visits;
  const book = useBookVisit(slug, patient);
  return (
    <Section
      title={t("title")}
      action={
        mayPlan && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
            onClick={book}
          >
            {t("book")}
          </Button>
        )
      }
    >
      {counts && since !== null && past.length >= listed && (
        <p className={classes.since}>{t("since", { count, year: String(since) })}</p>
      )}
      {coming.length + past.length === 0 ? (
        since === null && <p className={classes.since}>{t("none")}</p>
      ) : (
        <ul className={classes.visits}>
          {[...coming].reverse().map((visit) => (
            <Line key={visit.id} visit={visit} coming />
          ))}
          {past.map((visit) => (
            <Line key={visit.id} visit={visit} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Line({ visit, coming = false }: { visit: VisitLine; coming?: boolean }) {
  const t = useTranslations("chart.visits");
  const language = languageOf(useLocale());
  const { date, minute, service, practitioner, reason, status } = visit;
  return (
    <li className={classes.visit} data-coming={coming || undefined}>
      <span className={classes.day}>{date}</span>
      <span className={classes.what}>
        {reason || service}
        {(coming || status === "arrived" || status === "checked-in") && (
          <span className={classes.hour}>{` · ${sayMinute(minute, language)}`}</span>
        )}
        {practitioner && <span className={classes.who}>{practitioner}</span>}
      </span>
      {coming && <span className={classes.state}>{t("coming")}</span>}
      {(status === "arrived" || status === "checked-in") && <span className={classes.state}>{t("here")}</span>}
      {status === "noshow" && <span className={classes.missed}>{t("noshow")}</span>}
    </li>
  );
}
