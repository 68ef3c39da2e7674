"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import type { Bookable, BookableService } from "#server/booking/list-services.ts";
import type { NextTime } from "#server/booking/next-times.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { sayPlace } from "../../_page/say-time.ts";
import { Field, Segments } from "../../_visit/field.tsx";
import { inLanguage } from "../../_visit/names.ts";
import classes from "./booking.module.css";
import { formId, type StepProps } from "./shared.ts";

/** What one comes for. The places that are nearest are said beside each, as they arrive. */
export function ServiceStep(props: StepProps & { setBookable: (bookable: Bookable) => void }) {
  const { bookable, draft, change, client, locale, go, fail, announce, zoneOf, proofs } = props;
  const t = useTranslations("booking.service");
  const [next, setNext] = useState<readonly NextTime[]>();
  const near = { today: t("today"), tomorrow: t("tomorrow") };
  const { newPatient, practitionerId } = draft;
  const services = bookable.services.filter(
    ({ audience, practitionerIds }) =>
      audience !== (newPatient ? "existing" : "new") && (!practitionerId || practitionerIds.includes(practitionerId)),
  );

  // What is free is the network's to say, and changes with the answer above.
  useEffect(() => {
    let gone = false;
    client.booking.nextTimes
      .query({ newPatient, practitionerId })
      .then((answer) => !gone && setNext(answer.next))
      // The list stands without it: the time step asks again, and tells.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [client, newPatient, practitionerId]);
  useEffect(() => proofs.prepare(), [proofs]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (services.some(({ id }) => id === draft.serviceId)) return go("time");
    announce(t("choose"));
    document.querySelector<HTMLInputElement>(`#${formId} input[name=service]`)?.focus();
  }

  return (
    <div className={classes.main}>
      <form id={formId} onSubmit={submit} className={classes.stack} noValidate>
        <Segments
          legend={t("known")}
          quiet
          name="known"
          value={newPatient ? "new" : "existing"}
          onChange={(value) => change({ newPatient: value === "new", slot: null })}
          choices={[
            { value: "existing", label: t("existing") },
            { value: "new", label: t("new") },
          ]}
        />
        {services.length === 0 && <p>{bookable.services.length === 0 ? t("none") : t("noneFor")}</p>}
        <fieldset className={classes.services}>
          <legend className="cv-visually-hidden">{t("list")}</legend>
          {services.map((service) => (
            <label key={service.id} className={classes.service}>
              <input
                type="radio"
                name="service"
                value={service.id}
                checked={draft.serviceId === service.id}
                onChange={() => change({ serviceId: service.id, mode: service.modes[0] ?? null, slot: null })}
              />
              <span className={classes.mark} aria-hidden />
              <span className={classes.serviceWords}>
                <strong>{inLanguage(locale, service.name, service.nameEn)}</strong>
                <ServiceFacts service={service} />
                {inLanguage(locale, service.description, service.descriptionEn) && (
                  <span className={classes.about}>
                    {inLanguage(locale, service.description, service.descriptionEn)}
                  </span>
                )}
              </span>
              <span className={classes.next}>{next && sayNext(service, next)}</span>
            </label>
          ))}
        </fieldset>
      </form>
      <CodeDoor {...props} fail={fail} />
    </div>
  );

  function sayNext(service: BookableService, times: readonly NextTime[]) {
    const first = times.find(({ serviceId }) => serviceId === service.id);
    if (first)
      return sayPlace(
        { startsAt: first.startsAt.toISOString(), timeZone: zoneOf(first.locationId) },
        new Date(),
        locale,
        near,
      ).near;
    // Of one that a code opens nothing is said here: the next step asks.
    return service.audience === "code" ? "" : <span className={classes.full}>{t("full")}</span>;
  }
}

/** « 20 min, assuré par la RAMQ » or a price: never both. */
export function ServiceFacts({ service }: { service: BookableService }) {
  const [t, format] = [useTranslations("booking.service"), useFormatter()];
  const facts = [
    t("minutes", { minutes: service.durationMinutes }),
    service.insured && t("insured"),
    !service.insured && service.priceCents !== null && format.number(service.priceCents / 100, "money"),
    service.group && t("group"),
  ];
  return <span className={classes.facts}>{facts.filter(Boolean).join(", ")}</span>;
}

/** For whoever was given a code: the services that it opens join the list. */
function CodeDoor({
  client,
  change,
  setBookable,
  fail,
  announce,
}: StepProps & { setBookable: (bookable: Bookable) => void }) {
  const t = useTranslations("booking.service");
  const [code, setCode] = useState("");
  const [nothing, setNothing] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      const opened = await client.booking.services.query({ code });
      const own = opened.services.find(({ audience }) => audience === "code");
      setNothing(!own);
      if (!own) return announce(t("codeNothing"));
      setBookable(opened);
      change({ code, serviceId: own.id, mode: own.modes[0] ?? null, slot: null });
    } catch (error) {
      fail(error);
    }
  }

  return (
    <details className={classes.codeDoor}>
      <summary>{t("haveCode")}</summary>
      <form onSubmit={submit} className={classes.codeForm}>
        <Field
          label={t("code")}
          hint={t("codeHint")}
          error={nothing ? t("codeNothing") : undefined}
          value={code}
          onText={setCode}
          autoComplete="off"
          autoCapitalize="characters"
          required
        />
        <button type="submit" className={button.secondary}>
          {t("openCode")}
        </button>
      </form>
    </details>
  );
}
