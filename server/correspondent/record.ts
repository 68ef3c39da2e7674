import { nameWords } from "#server/patient/fold-name.ts";
import { readPhone } from "#server/phone.ts";
import type { AddCorrespondentInput, CorrespondentKind } from "./schema.ts";

export const correspondentSelect = {
  id: true,
  kind: true,
  familyName: true,
  givenName: true,
  name: true,
  specialty: true,
  permitNumber: true,
  phone: true,
  fax: true,
  email: true,
  addressLine: true,
  city: true,
  province: true,
  postalCode: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;

/** A line of the directory. Numbers are E.164. */
export interface CorrespondentRecord {
  readonly id: string;
  readonly kind: CorrespondentKind;
  readonly familyName: string;
  readonly givenName: string;
  readonly name: string;
  readonly specialty: string;
  readonly permitNumber: string;
  readonly phone: string;
  readonly fax: string;
  readonly email: string;
  readonly addressLine: string;
  readonly city: string;
  readonly province: string;
  readonly postalCode: string;
  readonly status: "active" | "inactive";
  readonly version: number;
  readonly lastUpdated: Date;
}

/** The columns that a form gives, numbers written one way, and what sorts and finds them. @throws Invalid beside a number */
export function composeCorrespondent({ phone, fax, ...rest }: Omit<AddCorrespondentInput, "id">) {
  const said = [rest.familyName, rest.givenName, rest.name, rest.specialty, rest.city];
  return {
    ...rest,
    phone: readPhone(phone, "phone"),
    fax: readPhone(fax, "fax"),
    // A name in signs alone folds to nothing, and the list still needs a place for it.
    searchText: said.flatMap(nameWords).join(" ").slice(0, 700) || "~",
  };
}
