"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { VisitView } from "#server/booking/read-visit.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { CalendarButton } from "../../_visit/calendar-button.tsx";
import { Preparation, VisitFacts } from "../../_visit/visit-facts.tsx";
import classes from "./booking.module.css";
import type { StepProps } from "./shared.ts";

/** It is booked: what, when, where, what to bring, and the way back to it. */
export function DoneStep({ slug, draft, client, locale, fail, startAnew }: StepProps & { startAnew: () => void }) {
  const t = useTranslations("booking.done");
  const [visit, setVisit] = useState<VisitView>();
  useEffect(() => {
    client.booking.visit.query().then(setVisit).catch(fail);
  }, [client, fail]);
  // The token stands behind the #: no server is told, no log holds it.
  const manage = `/c/${slug}/gerer${locale === "en" ? "?lang=en" : ""}#${draft.token}`;
  return (
    <div className={classes.done}>
      {draft.bookedAs && <p>{t.rich("sent", { email: draft.bookedAs.email, b: (text) => <strong>{text}</strong> })}</p>}
      {visit ? (
        <>
          <VisitFacts visit={visit} locale={locale} />
          <CalendarButton client={client} fail={fail} />
          <Preparation visit={visit} locale={locale} />
          <p className={classes.quiet}>
            {visit.changeUntil > new Date() && t("until", { when: sayWhen(visit.changeUntil, visit.timeZone, locale) })}{" "}
            {t("checks")}
          </p>
        </>
      ) : (
        <div className={classes.waiting} aria-hidden />
      )}
      <div className={classes.acts}>
        <a href={manage} className={button.primary}>
          {t("manage")}
        </a>
        <button type="button" className={button.secondary} onClick={startAnew}>
          {t("another")}
        </button>
      </div>
    </div>
  );
}
