"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { FreeTime } from "#server/booking/free-times.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import button from "../../_ui/plain-button/plain-button.module.css";
import classes from "./taken-notice.module.css";

interface TakenNoticeProps {
  offers: readonly FreeTime[];
  zoneOf: (locationId: string) => string;
  locale: "fr" | "en";
  onTake: (time: FreeTime) => void;
}

/** Somebody was faster: what is free instead, one press away, and nothing that was typed is lost. */
export function TakenNotice({ offers, zoneOf, locale, onTake }: TakenNoticeProps) {
  const t = useTranslations("booking.taken");
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className={classes.notice} aria-labelledby="taken">
      <h2 id="taken" ref={title} tabIndex={-1}>
        {t("title")}
      </h2>
      <p>{offers.length > 0 ? t("lead") : t("none")}</p>
      <div className={classes.offers}>
        {offers.map((time) => (
          <button
            key={time.startsAt.toISOString()}
            type="button"
            className={button.secondary}
            onClick={() => onTake(time)}
          >
            {sayWhen(time.startsAt, zoneOf(time.locationId), locale)}
          </button>
        ))}
      </div>
    </section>
  );
}
