import { z } from "zod";
import { id, optionalEmail, optionalLine, page, phoneText, postalCode, version } from "#server/schema.ts";

export const correspondentKinds = ["practitioner", "pharmacy", "organization"] as const;
export type CorrespondentKind = (typeof correspondentKinds)[number];

const fields = {
  kind: z.enum(correspondentKinds),
  familyName: optionalLine(200).default(""),
  givenName: optionalLine(200).default(""),
  /** Of the pharmacy or the establishment; where a practitioner works. */
  name: optionalLine(200).default(""),
  specialty: optionalLine(100).default(""),
  permitNumber: optionalLine(20).default(""),
  phone: phoneText.default(""),
  fax: phoneText.default(""),
  email: optionalEmail.default(""),
  addressLine: optionalLine(300).default(""),
  city: optionalLine(100).default(""),
  province: optionalLine(100).default(""),
  postalCode: postalCode.default(""),
};

const named = (one: { kind: CorrespondentKind; familyName: string; name: string }, ctx: z.RefinementCtx) => {
  const path = one.kind === "practitioner" ? "familyName" : "name";
  if (one[path] === "") ctx.addIssue({ code: "custom", path: [path], message: "required" });
};

/** `id` is made by the form: sent twice, it is one line of the directory. */
export const addCorrespondentInput = z.object({ id: z.uuidv7(), ...fields }).superRefine(named);
export type AddCorrespondentInput = z.output<typeof addCorrespondentInput>;
export const changeCorrespondentInput = z
  .object({ id, version, ...fields, status: z.enum(["active", "inactive"]).default("active") })
  .superRefine(named);
export type ChangeCorrespondentInput = z.output<typeof changeCorrespondentInput>;

export const listCorrespondentsInput = page.extend({
  kind: z.enum(correspondentKinds).optional(),
  /** Any part of a name, a place or a city; accents aside. */
  text: z.string().max(200, "tooLong").default(""),
  status: z.enum(["active", "inactive"]).default("active"),
});
export type ListCorrespondentsInput = z.output<typeof listCorrespondentsInput>;
