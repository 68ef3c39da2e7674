import { invalid } from "#server/errors.ts";
import { readPhone } from "#server/phone.ts";
import { toDate } from "./check-dates.ts";
import type { RelatedPersonInput } from "./schema.ts";

/** The columns of clinic.related_person. @param field path in the input. @throws Invalid beside the phone. */
export function normaliseRelatedPerson(person: RelatedPersonInput, field = "person") {
  const { grantedOn, grantedUntil } = person;
  if (grantedUntil && (!grantedOn || grantedUntil < grantedOn))
    throw invalid("invalid", { [`${field}.grantedUntil`]: "patient.grantOrder" });
  return {
    ...person,
    phone: readPhone(person.phone, `${field}.phone`),
    grantedOn: toDate(grantedOn),
    grantedUntil: toDate(grantedUntil),
  };
}
