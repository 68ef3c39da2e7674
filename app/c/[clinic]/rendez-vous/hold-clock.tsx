"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { sayWhen } from "#server/schedule/say-when.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import classes from "./booking.module.css";
import type { StepProps } from "./shared.ts";

/** Until when the time is held; said aloud two minutes before, and at the end, with a way to hold it again. */
export function HoldClock({ draft, hold, busy, announce, locale, zone }: StepProps & { zone: string }) {
  const t = useTranslations("booking.details");
  const expiresAt = draft.hold?.expiresAt ?? null;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const left = expiresAt === null ? null : Date.parse(expiresAt) - now;
  const stage = left === null ? "none" : left <= 0 ? "over" : left < 120_000 ? "soon" : "held";
  const minutes = Math.max(1, Math.round((left ?? 0) / 60_000));
  const time = expiresAt ? sayWhen(expiresAt, zone, locale, "time") : "";

  useEffect(() => {
    if (stage === "over") announce(t("holdOver"));
    if (stage === "soon") announce(t("holdSoon", { minutes: 2 }));
  }, [stage, announce, t]);

  if (stage === "none") return null;
  if (stage === "held") return <p className={classes.clock}>{t("held", { time })}</p>;
  return (
    <div className={classes.late}>
      <p>{stage === "over" ? t("holdOver") : t("holdSoon", { minutes })}</p>
      <button
        type="button"
        className={button.secondary}
        disabled={busy}
        onClick={() => draft.slot && void hold(draft.slot)}
      >
        {t("holdAgain")}
      </button>
    </div>
  );
}
