import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { invalid } from "#server/errors.ts";
import { nameWords } from "./fold-name.ts";
import type { ContactInput } from "./schema.ts";

/** The columns of clinic.patient_contact that say how to reach somebody. */
export interface ContactColumns {
  readonly system: ContactInput["system"];
  readonly use: ContactInput["use"];
  readonly rank: number;
  readonly value: string;
  readonly normalised: string;
  readonly city: string;
  readonly province: string;
  readonly postalCode: string;
  readonly country: string;
}

const nowhere = { city: "", province: "", postalCode: "", country: "" };

/** What is shown and what is compared. @param field path of the contact in the input. @throws Invalid beside the field. */
export function normaliseContact(contact: ContactInput, field = "contact"): ContactColumns {
  const { use, rank, system } = contact;
  if (system === "phone" || system === "sms")
    return { system, use, rank, ...nowhere, ...readPhone(contact.value, `${field}.value`) };
  if (system === "email")
    return { system, use, rank, ...nowhere, value: contact.value, normalised: contact.value.toLowerCase() };
  const { value, city, province, country } = contact;
  const postalCode = readPostalCode(contact.postalCode, country, `${field}.postalCode`);
  const normalised = [...nameWords(value), postalCode].join(" ").trim() || value;
  return { system, use, rank, value, normalised, city, province, postalCode, country };
}

/** A phone as Canadians read it and in E.164. @throws Invalid when no such number can exist. */
export function readPhone(text: string, field: string): { value: string; normalised: string } {
  const parsed = parsePhoneNumberFromString(text.replace(/\bposte\b/i, "ext"), "CA");
  // Seven digits are possible within one area code, but nobody could call them from here.
  const whole = parsed?.isPossible() && (parsed.countryCallingCode !== "1" || parsed.nationalNumber.length === 10);
  if (!parsed || !whole) throw invalid("invalid", { [field]: "patient.phone" });
  const local = parsed.countryCallingCode === "1" ? parsed.formatNational() : parsed.formatInternational();
  // « 418 555-0142 »: Québec writes no parentheses.
  const value = local.replace(/^\((\d{3})\)/, "$1").replace(/ ext\. /, " poste ");
  return { value, normalised: parsed.number };
}

/** `G1R 2B5` for Canada, whatever was typed; as written elsewhere. */
export function readPostalCode(text: string, country: string, field: string): string {
  if (country !== "CA" || text === "") return text.toUpperCase();
  const code = text.toUpperCase().replace(/[\s-]/g, "");
  // Canada Post uses none of D F I O Q U, nor W or Z in front.
  if (!/^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/.test(code))
    throw invalid("invalid", { [field]: "patient.postalCode" });
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
