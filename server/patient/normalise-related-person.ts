import { readPhone } from "#server/phone.ts";
import type { RelatedPersonInput } from "./schema.ts";

/** The columns of clinic.related_person. @param field path in the input. @throws Invalid beside the phone. */
export function normaliseRelatedPerson(person: RelatedPersonInput, field = "person"): RelatedPersonInput {
  return { ...person, phone: readPhone(person.phone, `${field}.phone`) };
}
