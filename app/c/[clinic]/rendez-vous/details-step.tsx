"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { FreeTime } from "#server/booking/find-times.ts";
import { isRealDate, namWarnings, parseNam } from "#server/patient/nam.ts";
import { todayIn } from "#server/patient/today.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { Field, Segments } from "../../_visit/field.tsx";
import { offersIn } from "../../_visit/offers-in.ts";
import { TakenNotice } from "../../_visit/taken-notice.tsx";
import classes from "./booking.module.css";
import { ContactProof } from "./contact-proof.tsx";
import { forgetPerson, keepPerson, type Person, readPerson } from "./draft.ts";
import { HoldClock } from "./hold-clock.tsx";
import { formId, type StepProps } from "./shared.ts";

type Errors = Partial<Record<keyof Person | "code" | "nam", string>>;

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
  const [errors, setErrors] = useState<Errors>({});
  const [remember, setRemember] = useState(false);
  const [known, setKnown] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const zone = slot ? zoneOf(slot.locationId) : props.timeZone;
  useEffect(() => setKnown(readPerson(slug) !== null), [slug]);

  const write = (name: keyof Person) => (text: string) => {
    change({ person: { ...person, [name]: text } });
    setErrors((before) => ({ ...before, [name]: undefined }));
  };

  function faults(): Errors {
    const found: Errors = {};
    for (const name of ["givenName", "familyName"] as const) if (!person[name].trim()) found[name] = t("required");
    if (person.relation !== "self" && !person.bookerName.trim()) found.bookerName = t("required");
    if (!isRealDate(person.birthDate)) found.birthDate = person.birthDate.trim() ? t("birthDateWrong") : t("required");
    if (!/^\S+@\S+\.\S+$/.test(person.email.trim())) found.email = t("emailWrong");
    else if (!draft.verified || draft.sentTo !== mailOf(person.email)) found.code = t("codeMissing");
    return found;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !slot) return;
    const found = faults();
    setErrors(found);
    if (Object.keys(found).length > 0) return requestAnimationFrame(() => summary.current?.focus());
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
      if (!free) setErrors(fail(error).fields as Errors);
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

  const wrong = Object.entries(errors).filter(([, text]) => text);
  return (
    <form id={formId} onSubmit={submit} className={classes.main} noValidate>
      {offers && <TakenNotice offers={offers} zoneOf={zoneOf} locale={locale} onTake={takeOffer} />}
      {!offers && <HoldClock {...props} zone={zone} />}
      {wrong.length > 0 && (
        <div ref={summary} tabIndex={-1} className={classes.errors}>
          <h2>{t("errors", { count: wrong.length })}</h2>
          <ul>
            {wrong.map(([name, text]) => (
              <li key={name}>
                <a href={`#visit-${name}`}>
                  {t(labelOf(name))} : {text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Segments
        legend={t("for")}
        quiet
        name="relation"
        value={person.relation}
        onChange={(relation) => change({ person: { ...person, relation } })}
        choices={[
          { value: "self", label: t("self") },
          { value: "child", label: t("child") },
          { value: "cared-for", label: t("caredFor") },
        ]}
      />
      {person.relation !== "self" && (
        <Field
          id="visit-bookerName"
          label={t("bookerName")}
          value={person.bookerName}
          onText={write("bookerName")}
          error={errors.bookerName}
          autoComplete="name"
          required
        />
      )}
      <div className={classes.pair}>
        <Field
          id="visit-givenName"
          label={t("givenName")}
          value={person.givenName}
          onText={write("givenName")}
          error={errors.givenName}
          autoComplete={person.relation === "self" ? "given-name" : "off"}
          required
        />
        <Field
          id="visit-familyName"
          label={t("familyName")}
          value={person.familyName}
          onText={write("familyName")}
          error={errors.familyName}
          autoComplete={person.relation === "self" ? "family-name" : "off"}
          required
        />
      </div>
      <Field
        id="visit-birthDate"
        label={t("birthDate")}
        aside={t("birthDateAside")}
        hint={t("birthDateHint")}
        value={person.birthDate}
        onText={(text) => write("birthDate")(spellDate(text, person.birthDate))}
        error={errors.birthDate}
        inputMode="numeric"
        autoComplete={person.relation === "self" ? "bday" : "off"}
        maxLength={10}
        required
      />
      <ContactProof
        {...props}
        emailError={errors.email}
        codeError={errors.code}
        onEmail={write("email")}
        onSettled={() => setErrors((before) => ({ ...before, code: undefined, email: undefined }))}
      />
      <Field
        id="visit-phone"
        label={t("phone")}
        aside={t("optional")}
        hint={t("phoneHint")}
        value={person.phone}
        onText={write("phone")}
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

export const mailOf = (typed: string): string => typed.trim().toLowerCase();

const labelOf = (name: string) =>
  name as "givenName" | "familyName" | "birthDate" | "email" | "code" | "phone" | "nam" | "bookerName";

/** The hyphens come by themselves as the digits do; what is erased stays erased. */
function spellDate(text: string, before: string): string {
  if (text.length < before.length) return text;
  const digits = text.replaceAll(/[^\d]/g, "").slice(0, 8);
  if (text.length > digits.length + 2) return text;
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter(Boolean).join("-");
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
    gender: null,
  });
  return warning ? t(`namWarning.${warning}`) : t("namAgrees");
}
