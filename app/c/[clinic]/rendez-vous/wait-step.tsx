"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import button from "../../../_ui/plain-button/plain-button.module.css";
import { addDays, dayWords } from "../../_visit/days.ts";
import { Field, Segments } from "../../_visit/field.tsx";
import { useFocusNext } from "../../_visit/use-focus-next.ts";
import classes from "./booking.module.css";
import { ContactProof } from "./contact-proof.tsx";
import { FaultList } from "./fault-list.tsx";
import { type Faults, mailOf, PersonFields, usePersonFaults } from "./person-fields.tsx";
import { formId, type StepProps } from "./shared.ts";

const parts = {
  any: [0, 1440],
  morning: [0, 720],
  afternoon: [720, 1020],
  evening: [1020, 1440],
} as const;

/** Nothing suits: to be told when a time opens up, for what was chosen so far. */
export function WaitStep(props: StepProps) {
  const { draft, change, service, client, locale, busy, setBusy, fail, announce, setSettled } = props;
  const t = useTranslations("booking.waitlist");
  const d = useTranslations("booking.details");
  const { person } = draft;
  const focusNext = useFocusNext();
  const faultsOf = usePersonFaults();
  const [faults, setFaults] = useState<Faults>({});
  const [part, setPart] = useState<keyof typeof parts>("any");
  const [weekdays, setWeekdays] = useState<readonly number[]>([]);
  const [joined, setJoined] = useState<"no" | "yes" | "left">("no");
  const head = useRef<HTMLDivElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  // Sent twice, it is one place in the list.
  const ids = useRef({ id: crypto.randomUUID(), personId: crypto.randomUUID() });
  const words = dayWords(locale);
  const monday = "2026-01-05";

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !service) return;
    const found = faultsOf(person, draft.verified ? draft.sentTo : "", false);
    setFaults(found);
    if (Object.keys(found).length > 0) return focusNext(() => head.current);
    setBusy(true);
    try {
      const [fromMinute, untilMinute] = parts[part];
      await client.waitlist.join.mutate({
        ...ids.current,
        serviceId: service.id,
        locationId: draft.locationId,
        resourceIds: draft.practitionerId ? [draft.practitionerId] : [],
        weekdays: [...weekdays],
        fromMinute,
        untilMinute,
        untilDate: null,
        givenName: person.givenName,
        familyName: person.familyName,
        birthDate: person.birthDate,
        phone: person.phone,
        locale,
        newPatient: draft.newPatient,
        noticeVersion: props.noticeVersion,
      });
      setJoined("yes");
      setSettled(true);
      announce(t("joined"));
      focusNext(() => said.current);
    } catch (error) {
      setFaults(fail(error).fields as Faults);
    } finally {
      setBusy(false);
    }
  }

  async function leave() {
    setBusy(true);
    try {
      await client.waitlist.leave.mutate();
      // Whoever changes their mind again asks anew.
      ids.current = { id: crypto.randomUUID(), personId: crypto.randomUUID() };
      setJoined("left");
      announce(t("left"));
      focusNext(() => said.current);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  }

  if (joined !== "no")
    return (
      <div className={classes.main}>
        <p ref={said} tabIndex={-1} className={classes.joined}>
          {t(joined === "yes" ? "joined" : "left")}
        </p>
        <p>{joined === "yes" ? t("joinedLead", { email: mailOf(person.email) }) : t("leftLead")}</p>
        {joined === "yes" && (
          <button type="button" className={`${button.secondary} ${classes.start}`} disabled={busy} onClick={leave}>
            {t("leave")}
          </button>
        )}
      </div>
    );

  return (
    <form id={formId} onSubmit={submit} className={classes.main} noValidate>
      <p>{t("lead")}</p>
      <FaultList faults={faults} head={head} />
      <Segments
        legend={t("part")}
        name="part"
        value={part}
        onChange={setPart}
        choices={(["any", "morning", "afternoon", "evening"] as const).map((value) => ({ value, label: t(value) }))}
      />
      <fieldset className={classes.days}>
        <legend>{t("days")}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <label key={day}>
            <input
              type="checkbox"
              checked={weekdays.includes(day)}
              onChange={(event) =>
                setWeekdays(event.currentTarget.checked ? [...weekdays, day] : weekdays.filter((one) => one !== day))
              }
            />
            <span>{words.weekday(addDays(monday, day - 1))}</span>
          </label>
        ))}
      </fieldset>
      <PersonFields
        person={person}
        faults={faults}
        forOthers={false}
        write={(part_) => {
          change({ person: { ...person, ...part_, relation: "self" } });
          setFaults({});
        }}
      />
      <ContactProof
        {...props}
        emailError={faults.email}
        codeError={faults.code}
        onEmail={(email) => change({ person: { ...person, email } })}
        onSettled={() => setFaults({})}
      />
      <Field
        id="visit-phone"
        label={d("phone")}
        aside={d("optional")}
        value={person.phone}
        onText={(phone) => change({ person: { ...person, phone } })}
        error={faults.phone}
        type="tel"
        autoComplete="tel"
      />
      <p className={classes.notice}>
        {d("collected", { clinic: props.clinicName })}{" "}
        <a href={props.noticeHref} target="_blank" rel="noopener">
          {d("why")}
        </a>
      </p>
    </form>
  );
}
