import { z } from "zod";
import type { PatientView } from "#server/patient/record.ts";
import { type NamStatus, registerPatientInput, type Sex, updatePatientInput } from "#server/patient/schema.ts";

/** What the form of a person holds, flat: one field of the screen each. */
export interface PersonValues {
  familyName: string;
  givenName: string;
  birthFamilyName: string;
  preferredName: string;
  birthDate: string | null;
  sex: Sex | null;
  gender: string;
  pronouns: string;
  language: "fr" | "en" | "other";
  nam: string;
  namExpiry: string;
  namStatus: NamStatus;
  namReason: string;
  familyDoctorId: string | null;
  pharmacyId: string | null;
}

export interface RegistrationValues extends PersonValues {
  mobile: string;
  home: string;
  email: string;
  street: string;
  city: string;
  province: string;
  postalCode: string;
}

export const nobody: RegistrationValues = {
  familyName: "",
  givenName: "",
  birthFamilyName: "",
  preferredName: "",
  birthDate: null,
  sex: null,
  gender: "",
  pronouns: "",
  language: "fr",
  nam: "",
  namExpiry: "",
  namStatus: "valid",
  namReason: "",
  familyDoctorId: null,
  pharmacyId: null,
  mobile: "",
  home: "",
  email: "",
  street: "",
  city: "",
  province: "Québec",
  postalCode: "",
};

/** An empty NAM is no card, whatever stands beside it: nobody has to say so. */
const namOf = ({ nam, namExpiry, namStatus, namReason }: PersonValues) => {
  const value = nam.trim() === "" ? null : nam;
  const carries = namStatus === "valid" || namStatus === "expired";
  return {
    value,
    expiry: value && namExpiry.trim() !== "" ? namExpiry.trim() : null,
    status: value === null && carries ? ("absent" as const) : namStatus,
    overrideReason: namReason,
  };
};

/** The contacts in the order in which they were typed, with the field that each came from. */
function contactsOf({ mobile, home, email, street, city, province, postalCode }: RegistrationValues) {
  const said = (text: string) => text.trim() !== "";
  const list: { field: keyof RegistrationValues; input: Record<string, unknown> }[] = [];
  if (said(mobile)) list.push({ field: "mobile", input: { system: "phone", use: "mobile", value: mobile } });
  if (said(home)) list.push({ field: "home", input: { system: "phone", use: "home", value: home } });
  if (said(email)) list.push({ field: "email", input: { system: "email", use: "home", value: email } });
  if (said(street) || said(postalCode))
    list.push({
      field: "street",
      input: { system: "address", use: "home", value: street, city, province, postalCode },
    });
  return list.map((one, at) => ({ ...one, input: { ...one.input, rank: at + 1 } }));
}

/** The form as `patient.register` takes it. */
export function toRegistration(values: RegistrationValues) {
  const { nam: _, namExpiry: __, namStatus: ___, namReason: ____, ...rest } = values;
  const { mobile: _m, home: _h, email: _e, street: _s, city: _c, province: _p, postalCode: _o, ...person } = rest;
  return { ...person, nam: namOf(values), contacts: contactsOf(values).map(({ input }) => input) };
}

export const registrationSchema = z.preprocess(
  (values) => toRegistration(values as RegistrationValues),
  registerPatientInput.omit({ id: true }),
);

/** The form as `patient.update` takes it. An untouched NAM is not sent: the screen only knows its mask. */
export function toChanges(values: PersonValues, start: PersonValues) {
  const { nam, namExpiry, namStatus, namReason, ...person } = values;
  const card = { expiry: namExpiry.trim() || null, status: namStatus, overrideReason: namReason };
  const touched =
    nam !== start.nam || namExpiry !== start.namExpiry || namStatus !== start.namStatus || namReason !== "";
  if (!touched) return person;
  return { ...person, nam: nam.trim() === "" ? card : { ...card, value: nam } };
}

export const changesSchema = (start: PersonValues) =>
  z.preprocess((values) => toChanges(values as PersonValues, start), updatePatientInput.shape.changes);

export function valuesOf(patient: PatientView): PersonValues {
  const { familyName, givenName, birthFamilyName, preferredName, birthDate, sex, gender, pronouns, language } = patient;
  return {
    ...{ familyName, givenName, birthFamilyName, preferredName, birthDate, sex, gender, pronouns, language },
    nam: "",
    namExpiry: patient.namExpiry ?? "",
    namStatus: patient.namStatus,
    namReason: "",
    familyDoctorId: patient.familyDoctor?.id ?? null,
    pharmacyId: patient.pharmacy?.id ?? null,
  };
}

const namFields: Record<string, string> = {
  "nam-value": "nam",
  "nam-expiry": "namExpiry",
  "nam-status": "namStatus",
  "nam-overrideReason": "namReason",
};

/** Errors by the path of the input, said beside the field of the screen. */
export function besideFields(errors: Record<string, string>, values: PersonValues | RegistrationValues) {
  const contacts = "mobile" in values ? contactsOf(values) : [];
  return Object.fromEntries(
    Object.entries(errors).map(([path, sentence]) => {
      const short = path.replace(/^changes-/, "");
      const [, at, part] = /^contacts-(\d+)-(\w+)$/.exec(short) ?? [];
      const from = at === undefined ? undefined : contacts[Number(at)]?.field;
      if (from) return [part === "value" ? from : (part ?? from), sentence];
      return [namFields[short] ?? short, sentence];
    }),
  );
}
