import { readPhone } from "./normalise-contact.ts";
import type { RelatedPersonInput } from "./schema.ts";

/** The columns of clinic.related_person. @param field path in the input. @throws Invalid beside the phone. */
export function normaliseRelatedPerson(person: RelatedPersonInput, field = "person"): RelatedPersonInput {
  const phone = person.phone === "" ? "" : readPhone(person.phone, `${field}.phone`).value;
  return { ...person, phone, email: person.email.toLowerCase() };
}
