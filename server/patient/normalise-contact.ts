import { invalid } from "#server/errors.ts";
import { readPhone } from "#server/phone.ts";
import { postalCode as canadianCode } from "#server/schema.ts";
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
  if (system === "phone" || system === "sms") {
    const value = readPhone(contact.value, `${field}.value`);
    // Compared without its extension: people search by the last digits of the number.
    return { system, use, rank, ...nowhere, value, normalised: value.split(";")[0] ?? value };
  }
  if (system === "email") return { system, use, rank, ...nowhere, value: contact.value, normalised: contact.value };
  const { value, city, province, country } = contact;
  const postalCode = readPostalCode(contact.postalCode, country, `${field}.postalCode`);
  const normalised = [...nameWords(value), postalCode].join(" ").trim() || value;
  return { system, use, rank, value, normalised, city, province, postalCode, country };
}

/** Canada's are checked and written one way; those of elsewhere stay as they are. @throws Invalid beside the field */
function readPostalCode(text: string, country: string, field: string): string {
  if (country !== "CA") return text.toUpperCase();
  const code = canadianCode.safeParse(text);
  if (!code.success) throw invalid("invalid", { [field]: "postalCode" });
  return code.data;
}
