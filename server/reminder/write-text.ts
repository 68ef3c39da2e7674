import { showPhone } from "#server/phone.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { countSegments } from "#server/sms/count-segments.ts";
import { toGsm } from "#server/sms/to-gsm.ts";
import type { MessageText } from "./default-texts.ts";
import { fillText, type MergeValues } from "./fill-text.ts";

/** Whom a message is from and what it is about: all that it may say (AC-63). */
export interface MessageAbout {
  readonly clinicName: string;
  /** As it is kept; '' when the clinic gave none. */
  readonly clinicPhone: string;
  readonly startsAt: Date;
  readonly timeZone: string;
  readonly locale: "fr" | "en";
  /** The page of the visit. */
  readonly link: string;
}

export function mergeValues(about: MessageAbout, channel: "email" | "sms"): MergeValues {
  const { clinicName, clinicPhone, startsAt, timeZone, locale, link } = about;
  const say = (form: "long" | "short" | "day" | "time") => sayWhen(startsAt, timeZone, locale, form);
  return {
    clinic: clinicName,
    when: say(channel === "sms" ? "short" : "long"),
    date: say("day"),
    time: say("time"),
    phone: showPhone(clinicPhone, locale),
    link,
  };
}

const wayOut = {
  fr: (phone: string) => `${phone && ` Tél. ${phone}.`} STOP pour ne plus en recevoir.`,
  en: (phone: string) => `${phone && ` Tel. ${phone}.`} Reply STOP to opt out.`,
};

/**
 * A text message as it leaves: who sends it, what the text says, how to reach the clinic and how to have no more of them (AC-62).
 * @returns the text, and in how many parts it travels
 */
export function writeText(text: MessageText, about: MessageAbout): { text: string; segments: number } {
  const values = mergeValues(about, "sms");
  const said = fillText(text.body, values);
  const named = said.includes(about.clinicName) ? said : `${about.clinicName} : ${said}`;
  const whole = toGsm(`${named}${wayOut[about.locale](values.phone)}`);
  return { text: whole, segments: countSegments(whole).segments };
}
