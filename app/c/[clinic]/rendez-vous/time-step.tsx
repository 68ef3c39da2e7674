"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { type FreeTime, unpackTimes } from "#server/booking/free-times.ts";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import field from "../../_visit/field.module.css";
import { Segments } from "../../_visit/field.tsx";
import { TakenNotice } from "../../_visit/taken-notice.tsx";
import { TimePicker } from "../../_visit/time-picker.tsx";
import classes from "./booking.module.css";
import { formId, type StepProps } from "./shared.ts";

/** When, with whom, where. The nearest place is offered before anything is looked for. */
export function TimeStep(props: StepProps) {
  const {
    bookable,
    draft,
    change,
    service,
    client,
    locale,
    go,
    hold,
    fail,
    announce,
    zoneOf,
    timeZone,
    proofs,
    offers,
    busy,
  } = props;
  const t = useTranslations("booking.time");
  const w = useTranslations("booking.waitlist");
  const [earliest, setEarliest] = useState<FreeTime | null>();
  const { newPatient, practitionerId, locationId } = draft;
  const serviceId = service?.id ?? "";
  const people = bookable.practitioners.filter(({ id }) => service?.practitionerIds.includes(id));

  useEffect(() => {
    let gone = false;
    setEarliest(undefined);
    client.booking.nextTimes
      .query({ newPatient, practitionerId })
      .then(({ next }) => !gone && setEarliest(next.find((time) => time.serviceId === serviceId) ?? null))
      .catch((error: unknown) => {
        if (gone) return;
        setEarliest(null);
        fail(error);
      });
    return () => {
      gone = true;
    };
  }, [client, newPatient, practitionerId, serviceId, fail]);
  useEffect(() => proofs.prepare(), [proofs]);

  const load = useCallback(
    async (from: string) => {
      const asked = { serviceId, from, days: 7, practitionerId, locationId, newPatient };
      return unpackTimes(await client.booking.times.query(asked));
    },
    [client, serviceId, practitionerId, locationId, newPatient],
  );

  function sayWho(time: Pick<FreeTime, "resourceId" | "locationId">): string {
    const who = bookable.practitioners.find(({ id }) => id === time.resourceId);
    const place = bookable.locations.length > 1 && bookable.locations.find(({ id }) => id === time.locationId)?.name;
    const mode = draft.mode ? t(`modes.${draft.mode}`) : "";
    return [who && tiedPractitionerName(who), mode, place].filter(Boolean).join(", ");
  }

  const choose = (time: FreeTime) => {
    const { startsAt, day, resourceId } = time;
    change({ slot: { startsAt: startsAt.toISOString(), day, locationId: time.locationId, resourceId } });
    announce(`${sayWhen(startsAt, zoneOf(time.locationId), locale)}, ${sayWho(time)}`);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!draft.slot) return announce(t("choose"));
    announce(t("holding"));
    if (await hold(draft.slot)) go("details");
  }

  /** A time that is taken by its own button goes on at once: the whole week stands between it and « Continuer », for the keys. */
  async function takeOffer(time: FreeTime) {
    if (busy) return;
    choose(time);
    const { startsAt, resourceId } = time;
    const slot = { startsAt: startsAt.toISOString(), day: time.day, locationId: time.locationId, resourceId };
    if (await hold(slot)) go("details");
  }

  return (
    <form id={formId} onSubmit={submit} className={classes.main} noValidate>
      {offers && <TakenNotice offers={offers} zoneOf={zoneOf} locale={locale} onTake={takeOffer} />}
      <div className={classes.filters}>
        {people.length > 1 && (
          <Choice
            label={t("who")}
            value={practitionerId ?? ""}
            onChange={(id) => change({ practitionerId: id || null, slot: null })}
            none={t("anyone")}
            options={people.map((person) => ({ id: person.id, name: tiedPractitionerName(person) }))}
          />
        )}
        {bookable.locations.length > 1 && (
          <Choice
            label={t("where")}
            value={locationId ?? ""}
            onChange={(id) => change({ locationId: id || null, slot: null })}
            none={t("anywhere")}
            options={bookable.locations}
          />
        )}
      </div>
      {service && service.modes.length > 1 && (
        <Segments
          legend={t("how")}
          name="mode"
          value={draft.mode ?? service.modes[0] ?? "in-person"}
          onChange={(mode) => change({ mode })}
          choices={service.modes.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))}
        />
      )}
      {earliest === undefined ? (
        <div className={classes.waiting} aria-hidden />
      ) : (
        <TimePicker
          load={load}
          question={`${serviceId} ${practitionerId} ${locationId} ${newPatient} ${offers?.length}`}
          zoneOf={(time) => zoneOf(time.locationId)}
          zone={bookable.locations.length === 1 ? (bookable.locations[0]?.timeZone ?? timeZone) : timeZone}
          earliest={earliest}
          sayWho={sayWho}
          chosen={draft.slot && { startsAt: new Date(draft.slot.startsAt), locationId: draft.slot.locationId }}
          onChoose={choose}
          onTake={takeOffer}
          announce={announce}
          onFailure={fail}
        >
          {service?.audience !== "code" && (
            <p className={classes.nothing}>
              <span>{w("nothing")}</span>
              <button type="button" className={classes.again} onClick={() => go("wait")}>
                {w("tell")}
              </button>
            </p>
          )}
        </TimePicker>
      )}
    </form>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (id: string) => void;
  none: string;
  options: readonly { readonly id: string; readonly name: string }[];
}

function Choice({ label, value, onChange, none, options }: ChoiceProps) {
  return (
    <label className={classes.select}>
      <span className={field.label}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)} className={field.input}>
        <option value="">{none}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
