"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { FreeTime } from "#server/booking/free-times.ts";
import { isRealDate, namWarnings, parseNam } from "#server/patient/nam.ts";
import { todayIn } from "#server/patient/today.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { Field } from "../../_visit/field.tsx";
import { offersIn } from "../../_visit/offers-in.ts";
import { TakenNotice } from "../../_visit/taken-notice.tsx";
import { useFocusNext } from "../../_visit/use-focus-next.ts";
import classes from "./booking.module.css";
import { ContactProof } from "./contact-proof.tsx";
import { forgetPerson, keepPerson, type Person, readPerson } from "./draft.ts";
import { FaultList } from "./fault-list.tsx";
import { HoldClock } from "./hold-clock.tsx";
import { type Faults, mailOf, PersonFields, usePersonFaults } from "./person-fields.tsx";
import { formId, type StepProps } from "./shared.ts";

/** For whom, how to reach them, the address proved; then the visit is booked. */
export function DetailsStep(props: StepProps) {
  const {
    slug,
    draft,
    change,
    client,
    locale,
    announce,
    fail,
    setBusy,
    busy,
    choice,
    hold,
    go,
    offers,
    setOffers,
    zoneOf,
  } = props;
  const t = useTranslations("booking.details");
  const { person, slot } = draft;
  const [nam, setNam] = useState("");
  const [errors, setErrors] = useState<Faults>({});
  const [remember, setRemember] = useState(false);
  const [known, setKnown] = useState(false);
  const head = useRef<HTMLDivElement>(null);
  const focusNext = useFocusNext();
  const faultsOf = usePersonFaults();
  const zone = slot ? zoneOf(slot.locationId) : props.timeZone;
  useEffect(() => setKnown(readPerson(slug) !== null), [slug]);

  const write = (part: Partial<Person>) => {
    change({ person: { ...person, ...part } });
    const touched = Object.fromEntries(Object.keys(part).map((name) => [name, undefined]));
    setErrors((before) => ({ ...before, ...touched }));
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !slot) return;
    const found = faultsOf(person, draft.verified ? draft.sentTo : "", true);
    setErrors(found);
    if (Object.keys(found).length > 0) return focusNext(() => head.current);
    setBusy(true);
    setOffers(undefined);
    try {
      await client.booking.confirm.mutate({
        time: choice(slot),
        ...person,
        email: mailOf(person.email),
        locale,
        nam,
        noticeVersion: props.noticeVersion,
      });
      if (remember) keepPerson(slug, { ...person, relation: "self", bookerName: "" });
      change({ bookedAs: { givenName: person.givenName.trim(), email: mailOf(person.email) }, hold: null });
      go("done", "replace");
    } catch (error) {
      const free = offersIn(error);
      setOffers(free);
      if (!free) setErrors(fail(error).fields as Faults);
    } finally {
      setBusy(false);
    }
  }

  async function takeOffer({ startsAt, locationId, resourceId }: FreeTime) {
    const day = todayIn(zoneOf(locationId), startsAt);
    if (await hold({ startsAt: startsAt.toISOString(), day, locationId, resourceId }))
      announce(sayWhen(startsAt, zoneOf(locationId), locale));
  }

  function forget() {
    forgetPerson(slug);
    setKnown(false);
    announce(t("forgotten"));
  }

  return (
    <form id={formId} onSubmit={submit} className={classes.main} noValidate>
      {offers && <TakenNotice offers={offers} zoneOf={zoneOf} locale={locale} onTake={takeOffer} />}
      {!offers && <HoldClock {...props} zone={zone} />}
      <FaultList faults={errors} head={head} />
      <PersonFields person={person} faults={errors} forOthers write={write} />
      <ContactProof
        {...props}
        emailError={errors.email}
        codeError={errors.code}
        onEmail={(email) => write({ email })}
        onSettled={() => setErrors((before) => ({ ...before, code: undefined, email: undefined }))}
      />
      <Field
        id="visit-phone"
        label={t("phone")}
        aside={t("optional")}
        hint={t("phoneHint")}
        value={person.phone}
        onText={(phone) => write({ phone })}
        error={errors.phone}
        type="tel"
        autoComplete="tel"
      />
      <Field
        id="visit-nam"
        label={t("nam")}
        aside={t("optional")}
        hint={<NamHelp nam={nam} person={person} zone={zone} />}
        value={nam}
        onText={(text) => {
          setNam(text.toUpperCase());
          setErrors((before) => ({ ...before, nam: undefined }));
        }}
        error={errors.nam}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
      />
      <p className={classes.notice}>
        {t("collected", { clinic: props.clinicName })}{" "}
        <a href={props.noticeHref} target="_blank" rel="noopener">
          {t("why")}
        </a>
      </p>
      {known ? (
        <button type="button" className={`${button.secondary} ${classes.start}`} onClick={forget}>
          {t("forget")}
        </button>
      ) : (
        <label className={classes.remember}>
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.currentTarget.checked)} />
          <span>
            {t("remember")}
            <small>{t("rememberHint")}</small>
          </span>
        </label>
      )}
    </form>
  );
}

/** What the number and the person say of each other: a helping word, never a wall (AC-51). */
function NamHelp({ nam, person, zone }: { nam: string; person: Person; zone: string }) {
  const t = useTranslations("booking.details");
  const read = parseNam(nam, todayIn(zone));
  if (typeof read === "string") return t("namHint");
  const [warning] = namWarnings(read, {
    familyName: person.familyName,
    birthFamilyName: person.familyName,
    givenName: person.givenName,
    birthDate: isRealDate(person.birthDate) ? person.birthDate : null,
    sex: null,
  });
  return warning ? t(`namWarning.${warning}`) : t("namAgrees");
}
