import type { CorrespondentRecord } from "#server/correspondent/record.ts";
import type { Recipient } from "#server/letter/schema.ts";

type Named = Pick<CorrespondentRecord, "kind" | "givenName" | "familyName" | "name">;

/** A practitioner by their name, an establishment by its own. */
export const correspondentName = ({ kind, givenName, familyName, name }: Named): string =>
  kind === "practitioner" ? `${givenName} ${familyName}`.trim() : name;

/** « 418 555-0142 » from E.164; a number from elsewhere as it is. */
export const readableNumber = (kept: string): string => kept.replace(/^\+1(\d{3})(\d{3})(\d{4})/, "$1 $2-$3");

/** A line of the directory as an envelope says it. */
export function recipientOf(one: CorrespondentRecord): Recipient {
  const place = one.kind === "practitioner" ? one.name : "";
  const town = [one.city && `${one.city} (${one.province || "Québec"})`, one.postalCode].filter(Boolean).join(" ");
  return {
    kind: "correspondent",
    correspondentId: one.id,
    name: correspondentName(one),
    specialty: one.specialty,
    address: [place, one.addressLine, town].filter(Boolean).join("\n"),
    fax: readableNumber(one.fax),
  };
}
