import type { ContactView } from "#server/patient/record.ts";

type Address = Pick<ContactView, "value" | "city" | "province" | "postalCode">;

/** « 12, rue X, Québec (Québec) G1L 2W6 »: no province without its city, and a postal code on one line. */
export function sayAddress({ value, city, province, postalCode }: Address): string {
  const place = city && [city, province && `(${province})`].filter(Boolean).join(" ");
  return [value, [place, postalCode.replaceAll(" ", "\u00a0")].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}
