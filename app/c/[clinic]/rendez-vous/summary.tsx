"use client";

import { useTranslations } from "next-intl";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { Icon } from "../../_page/icon.tsx";
import { inLanguage } from "../../_visit/names.ts";
import classes from "./booking.module.css";
import { ServiceFacts } from "./service-step.tsx";
import { formId, type StepProps } from "./shared.ts";
import type { Step } from "./use-steps.ts";

/** What is chosen so far, and the one primary act: beside the step on a desk, at the foot of a telephone. */
export function Summary({
  step,
  label,
  settled,
  ...props
}: StepProps & { step: Step; label: string; settled: boolean }) {
  const { service, draft, bookable, locale, zoneOf, busy, go } = props;
  const t = useTranslations("booking");
  const { slot, hold } = draft;
  const zone = slot && zoneOf(slot.locationId);
  const resourceId = hold?.resourceId ?? draft.practitionerId ?? slot?.resourceId;
  const person = slot && bookable.practitioners.find(({ id }) => id === resourceId);
  const place = slot && bookable.locations.find(({ id }) => id === slot.locationId);
  const day = slot && zone && sayWhen(slot.startsAt, zone, locale, "day");
  const from = slot && zone && sayWhen(slot.startsAt, zone, locale, "time");
  const until =
    slot &&
    zone &&
    service &&
    sayWhen(new Date(Date.parse(slot.startsAt) + service.durationMinutes * 60_000), zone, locale, "time");
  const kept = step === "details" && hold?.expiresAt && zone && sayWhen(hold.expiresAt, zone, locale, "time");
  const act = {
    service: t("service.next"),
    time: t("time.next"),
    details: t("details.confirm"),
    wait: t("waitlist.join"),
    done: "",
  }[step];

  return (
    <aside className={classes.summary} aria-label={label}>
      <h2 className={classes.summaryTitle}>{label}</h2>
      <div className={classes.line} aria-hidden>
        {/* The telephone's one line; the list below says the same to whoever listens. */}
        <strong>
          {slot && zone
            ? sayWhen(slot.startsAt, zone, locale, "short")
            : service
              ? inLanguage(locale, service.name, service.nameEn)
              : ""}
        </strong>
        <span className={classes.lineAside}>
          {kept
            ? t("details.holdUntil", { time: kept })
            : person
              ? tiedPractitionerName(person)
              : service
                ? t("service.minutes", { minutes: service.durationMinutes })
                : ""}
        </span>
      </div>
      <div className={classes.facts_}>
        {!service && <p className={classes.quiet}>{t("summary.empty")}</p>}
        {service && (
          <Fact icon="card">
            <strong>{inLanguage(locale, service.name, service.nameEn)}</strong>
            <ServiceFacts service={service} />
            {step !== "service" && (
              <button
                type="button"
                className={classes.change}
                onClick={() => go("service")}
                aria-label={t("summary.changeService")}
              >
                {t("summary.change")}
              </button>
            )}
          </Fact>
        )}
        {day && from && until && (
          <Fact icon="calendar">
            <strong className={classes.day}>{day}</strong>
            <span>{t("summary.from", { from, until })}</span>
            {kept && <span className={classes.kept}>{t("details.holdUntil", { time: kept })}</span>}
            {step === "details" && (
              <button
                type="button"
                className={classes.change}
                onClick={() => go("time")}
                aria-label={t("summary.changeTime")}
              >
                {t("summary.change")}
              </button>
            )}
          </Fact>
        )}
        {person && (
          <Fact icon="person">
            <strong>{tiedPractitionerName(person)}</strong>
            <Profession of={person.profession} />
          </Fact>
        )}
        {place && draft.mode === "in-person" && (
          <Fact icon="pin">
            <strong>{place.addressLine || place.name}</strong>
            <span>{place.addressLine ? [place.name, place.city].filter(Boolean).join(", ") : place.city}</span>
          </Fact>
        )}
      </div>
      {!settled && (
        <button
          type="submit"
          form={formId}
          className={`${button.primary} ${classes.act}`}
          aria-disabled={busy || undefined}
          disabled={busy}
        >
          {busy && step === "time" ? t("time.holding") : act}
        </button>
      )}
      {step === "time" && (
        <p className={classes.quiet}>
          {service?.group ? t("time.willNotHold") : t("time.willHold", { minutes: bookable.holdMinutes })}
        </p>
      )}
    </aside>
  );
}

function Fact({ icon, children }: { icon: Parameters<typeof Icon>[0]["name"]; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <Icon name={icon} />
      <p>{children}</p>
    </div>
  );
}

export function Profession({ of }: { of: string }) {
  const t = useTranslations("vocabulary.professions");
  return <span>{t.has(of as "physician") ? t(of as "physician") : ""}</span>;
}
