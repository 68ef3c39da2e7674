import { z } from "zod";
import {
  emailAddress,
  id,
  line,
  optionalEmail,
  optionalLine,
  page,
  personName,
  phoneText,
  version,
} from "#server/schema.ts";
import { nameWords } from "./fold-name.ts";
import { isRealDate } from "./nam.ts";
import { longestQuery } from "./parse-search.ts";

/** Inputs about patients, browser-safe. Every message is a key of the namespace `errors`. */

const name = personName.refine((text) => text === "" || nameWords(text).length > 0, "patient.nameLetters");
const otherName = optionalLine(200);

/** A day that exists, `YYYY-MM-DD`. */
export const day = z
  .string()
  .refine(isRealDate, "patient.date")
  .refine((date) => !isRealDate(date) || date >= "1850-01-01", "patient.dateTooOld");

/** Sex as on the record (FHIR AdministrativeGender): `other` is the X of a card. Gender is apart, and free. */
export const sexes = ["male", "female", "other", "unknown"] as const;
export const languages = ["fr", "en", "other"] as const;
export const namStatuses = ["valid", "expired", "absent", "out-of-province", "newborn-on-parent"] as const;
export type Sex = (typeof sexes)[number];
export type NamStatus = (typeof namStatuses)[number];

const identity = {
  familyName: name,
  givenName: name,
  birthFamilyName: otherName,
  preferredName: otherName,
  birthDate: day.nullable(),
  sex: z.enum(sexes).nullable(),
  /** In the person’s own words. */
  gender: optionalLine(100),
  pronouns: optionalLine(60),
  language: z.enum(languages),
  /** From the clinic’s directory of correspondents. */
  familyDoctorId: id.nullable(),
  pharmacyId: id.nullable(),
  deceasedOn: day.nullable(),
};

/** The NAM as typed. Its format, its date and its agreement with the person are the verb's to check: they need the rest. */
export const namInput = z.object({
  value: z.string().max(40, "patient.namFormat").nullable(),
  /** Month printed on the card, `YYYY-MM`. */
  expiry: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "patient.namExpiry")
    .nullable(),
  status: z.enum(namStatuses),
  /** Asked for when the NAM does not agree with the person (AC-51). */
  overrideReason: optionalLine(300).default(""),
});
export type NamInput = z.output<typeof namInput>;
/** Without `value` the number stays as it is: its card, its status or the reason changes. */
const namChange = namInput.extend({ value: namInput.shape.value.optional() });

export const contactUses = ["home", "work", "mobile", "temp"] as const;

const contactBase = { use: z.enum(contactUses).default("home"), rank: z.number().int().min(1).max(20).default(1) };
const phone = <System extends "phone" | "sms">(system: System) =>
  z.object({
    system: z.literal(system),
    value: phoneText.refine((text) => text !== "", "required"),
    ...contactBase,
  });

export const contactInput = z.discriminatedUnion("system", [
  phone("phone"),
  phone("sms"),
  z.object({ system: z.literal("email"), value: emailAddress, ...contactBase }),
  z.object({
    system: z.literal("address"),
    /** Street lines, on one line. */
    value: line(300),
    city: optionalLine(100).default(""),
    province: optionalLine(100).default(""),
    postalCode: optionalLine(20).default(""),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "patient.country")
      .default("CA"),
    ...contactBase,
  }),
]);
export type ContactInput = z.output<typeof contactInput>;

export const relationships = [
  "mother",
  "father",
  "parent",
  "tutor",
  "spouse",
  "child",
  "sibling",
  "caregiver",
  "mandatary",
  "emergency",
  "other",
] as const;

export const relatedPersonInput = z.object({
  relationship: z.enum(relationships),
  familyName: name,
  givenName: name,
  phone: phoneText.default(""),
  email: optionalEmail.default(""),
  /** May act for the patient: parent or tutor (CCQ s. 14), mandatary. */
  mayAct: z.boolean().default(false),
  /** The related person's own record in this clinic. */
  relatedPatientId: id.nullable().default(null),
  /** Fourteen or over, the person themselves allows somebody to act, from a day and maybe until one (AC-17). */
  grantedOn: day.nullable().default(null),
  grantedUntil: day.nullable().default(null),
});
export type RelatedPersonInput = z.output<typeof relatedPersonInput>;

export const registerPatientInput = z.object({
  /** Minted by the form (UUIDv7): the same form sent twice registers one patient. */
  id: z.uuidv7().optional(),
  ...identity,
  birthFamilyName: otherName.default(""),
  preferredName: otherName.default(""),
  birthDate: day.nullable().default(null),
  sex: z.enum(sexes).nullable().default(null),
  gender: identity.gender.default(""),
  pronouns: identity.pronouns.default(""),
  familyDoctorId: id.nullable().default(null),
  pharmacyId: id.nullable().default(null),
  language: z.enum(languages).default("fr"),
  deceasedOn: day.nullable().default(null),
  nam: namInput.default({ value: null, expiry: null, status: "absent", overrideReason: "" }),
  contacts: z.array(contactInput).max(20, "patient.tooMany").default([]),
  relatedPersons: z.array(relatedPersonInput).max(20, "patient.tooMany").default([]),
  /** Records that look like this one and that the person has seen: registering goes on beside them. */
  knownDuplicates: z.array(id).max(50).default([]),
});
export type RegisterPatientInput = z.output<typeof registerPatientInput>;

/** A record and the version that was on the screen. */
const versioned = { id, version };

export const updatePatientInput = z.object({
  ...versioned,
  changes: z
    .object({ ...identity, nam: namChange, status: z.enum(["active", "inactive"]) })
    .partial()
    .refine((changes) => Object.values(changes).some((value) => value !== undefined), "patient.nothing"),
});
export type UpdatePatientInput = z.output<typeof updatePatientInput>;

export const findDuplicatesInput = z.object({
  familyName: name,
  givenName: name,
  birthFamilyName: optionalLine(200).default(""),
  preferredName: optionalLine(200).default(""),
  birthDate: day.nullable(),
  nam: z.string().max(40).nullable().default(null),
  /** As typed, perhaps not whole yet: what is no number is not looked for. */
  phones: z.array(z.string().max(40)).max(4).default([]),
  /** The record being edited is not its own double. */
  except: id.optional(),
});
export type FindDuplicatesInput = z.output<typeof findDuplicatesInput>;

export const findPatientsInput = z.object({
  text: z.string().max(longestQuery, "tooLong"),
  limit: z.number().int().min(1).max(50).default(20),
});
export type FindPatientsInput = z.output<typeof findPatientsInput>;

export const patientRef = z.object({ id });
export const patientVersionRef = z.object(versioned);
export const listVersionsInput = z.object({
  id,
  /** Older than this version; absent for the newest. */
  before: version.optional(),
  limit: z.number().int().min(1).max(50).default(20),
});
export const markErrorInput = z.object({
  ...versioned,
  reason: line(300).refine((text) => text.length >= 3, "patient.reason"),
});
export const addContactInput = z.object({ patientId: id, contact: contactInput });
export const updateContactInput = z.object({ ...versioned, contact: contactInput });
export const addRelatedPersonInput = z.object({ patientId: id, person: relatedPersonInput });
export const updateRelatedPersonInput = z.object({ ...versioned, person: relatedPersonInput });

export const alertSeverities = ["info", "attention", "danger"] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

/** `id` is made by the screen: sent twice, it is one alert. */
export const addAlertInput = z.object({
  id: z.uuidv7(),
  patientId: id,
  text: line(160),
  severity: z.enum(alertSeverities),
  /** The last day on which it shows; null until somebody ends it. */
  until: day.nullable().default(null),
});
export type AddAlertInput = z.output<typeof addAlertInput>;
export const endAlertInput = z.object({ ...versioned, reason: optionalLine(300).default("") });

/** What a list of patients may be asked. Every part is optional, and all hold at once. */
export const patientFilters = z.object({
  /** Names, phone, birth date, NAM or file number, as in the search. */
  text: z.string().max(longestQuery, "tooLong").optional(),
  /** Completed years. */
  ageFrom: z.int().min(0).max(150).optional(),
  ageTo: z.int().min(0).max(150).optional(),
  language: z.enum(languages).optional(),
  /** A line of the directory; null: those who have no family doctor. */
  familyDoctorId: id.nullable().optional(),
  /** Seen in the last so many months. */
  seenWithin: z.int().min(1).max(240).optional(),
  /** Not seen in the last so many months. */
  notSeenWithin: z.int().min(1).max(240).optional(),
  noNextVisit: z.boolean().optional(),
  withAlert: z.boolean().optional(),
  status: z.enum(["active", "inactive"]).default("active"),
});
export type PatientFilters = z.output<typeof patientFilters>;
export const listPatientsInput = page.extend({ filters: patientFilters });
export type ListPatientsInput = z.output<typeof listPatientsInput>;

/** `id` is made by the form: sent twice, it is one list. */
export const saveListInput = z.object({
  id: z.uuidv7(),
  name: line(60),
  filters: patientFilters.omit({ text: true }),
  /** Colleagues see it too. */
  shared: z.boolean().default(false),
});

/** `id` is made by the screen: sent twice, it is one merge. The versions are those that were compared on the screen. */
export const mergeInput = z
  .object({
    id: z.uuidv7(),
    survivorId: id,
    survivorVersion: version,
    mergedId: id,
    mergedVersion: version,
    reason: line(300).refine((text) => text.length >= 3, "patient.reason"),
  })
  .refine(({ survivorId, mergedId }) => survivorId !== mergedId, { error: "patient.mergeSelf", path: ["mergedId"] });
export type MergeInput = z.output<typeof mergeInput>;
