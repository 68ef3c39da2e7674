import { z } from "zod";
import { day } from "#server/patient/schema.ts";
import { solvedChallenge } from "#server/proof-of-work/schema.ts";
import { emailAddress, id, locale, optionalLine, personName, phoneText, version } from "#server/schema.ts";

/** What a visitor's page sends. Every message is a key of the namespace `errors`. Browser-safe. */

export const visitModes = ["in-person", "phone", "video"] as const;
export const relations = ["self", "child", "cared-for"] as const;

const instant = z.date("malformed").min(new Date("2000-01-01"), "malformed").max(new Date("2200-01-01"), "malformed");
const window = {
  /** First day, as the places' own clocks have it. */
  from: day,
  days: z.int().min(1).max(31).default(7),
  practitionerId: id.nullable().default(null),
  locationId: id.nullable().default(null),
};

export const servicesInput = z.object({ code: optionalLine(40).default("") }).default({ code: "" });

export const timesInput = z.object({ ...window, serviceId: id, newPatient: z.boolean() });
export type TimesInput = z.output<typeof timesInput>;

/** Times for a visit that exists: its link says which. */
export const otherTimesInput = z.object(window);

export const nextTimesInput = z.object({ newPatient: z.boolean(), practitionerId: id.nullable().default(null) });

const where = {
  startsAt: instant,
  locationId: id,
  /** In whose column the time stands; null when it does not matter at all. */
  resourceId: id.nullable(),
  /** Another will do when that one has just been taken. */
  anyResource: z.boolean(),
};

export const chosenTime = z.object({
  ...where,
  serviceId: id,
  mode: z.enum(visitModes),
  newPatient: z.boolean(),
  /** Of a service that is booked by code only. */
  code: optionalLine(40).default(""),
});
export type ChosenTime = z.output<typeof chosenTime>;

/** Without a proof of work: only for whoever holds a time already, and changes it. */
export const holdInput = chosenTime.extend({ proof: solvedChallenge.optional() });

export const releaseInput = z.object({ mayReturn: z.boolean() });

export const codeRequestInput = z.object({ email: emailAddress, locale, proof: solvedChallenge.optional() });

export const codeInput = z.object({ code: z.string().regex(/^\d{6}$/, "codeWrong") });

export const confirmInput = z.object({
  time: chosenTime,
  givenName: personName,
  familyName: personName,
  birthDate: day,
  relation: z.enum(relations),
  /** Who books, for a child or somebody in their care. */
  bookerName: optionalLine(400),
  email: emailAddress,
  phone: phoneText,
  locale,
  nam: optionalLine(40),
  /** The notice that stood on the page (AC-11). */
  noticeVersion: optionalLine(40),
});
export type ConfirmInput = z.output<typeof confirmInput>;

/** The version of the visit that the page was showing. */
export const visitInput = z.object({ version });
export const moveInput = z.object({ version, ...where });
export type MoveInput = z.output<typeof moveInput>;
