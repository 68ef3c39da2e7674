import { z } from "zod";
import { newPassword } from "#server/auth/password/schema.ts";
import { solvedChallenge } from "#server/proof-of-work/schema.ts";
import { emailAddress, line, locale, personName, phoneText } from "#server/schema.ts";
import { professionCodes } from "./professions.ts";
import { regionCodes, timeZones } from "./regions.ts";
import { slug } from "./slug-form.ts";

export { type ProfessionCode, professionCodes, regimeOf, retentionOf } from "./professions.ts";
export { type RegionCode, regionCodes, regions, timeZones } from "./regions.ts";
export { slug, slugOf } from "./slug-form.ts";

export const profession = z.enum(professionCodes, "required");
export const professionList = z
  .array(profession)
  .min(1, "professionNeeded")
  .max(professionCodes.length, "malformed")
  .transform((codes) => [...new Set(codes)]);

/** The person in charge of the protection of personal information: title and contact are published (P-39.1 s. 3.1). */
export const privacyOfficer = z.object({
  name: personName,
  title: line(200),
  email: emailAddress,
  phone: phoneText,
});

/** What a clinic says of itself when it opens. */
export const clinicDraft = z.object({
  name: line(200),
  professions: professionList,
  region: z.enum(regionCodes, "required"),
  timeZone: z.enum(timeZones, "required"),
  slug,
  privacyOfficer,
  /** The owner is the person in charge. */
  ownerIsOfficer: z.boolean(),
});
export type ClinicDraft = z.output<typeof clinicDraft>;

/** Which text was accepted, in which language, and the proof that French came first. */
export const acceptance = z.object({
  version: z.string().max(20, "malformed"),
  locale,
  receipt: z.string().max(100, "malformed"),
});

export const account = z.object({ displayName: personName, email: emailAddress, password: newPassword });

export const code = z
  .string()
  .max(20, "codeForm")
  .transform((text) => text.replaceAll(/\s/g, ""))
  .refine((text) => /^\d{6}$/.test(text), "codeForm");

export const codeRequest = z.object({ email: emailAddress, locale, proof: solvedChallenge });

export const signUpInput = z.object({
  clinic: clinicDraft,
  terms: acceptance,
  account,
  secretId: z.uuid("malformed"),
  code,
});
export type SignUpInput = z.output<typeof signUpInput>;

export const termsWish = z.object({ locale, receipt: z.string().max(100, "malformed").optional() });

/** An address that is being thought of, with what a proposal can be made from; the name may still be half typed. */
export const slugWish = z.object({
  slug,
  name: z.string().max(400),
  professions: z.array(profession).max(professionCodes.length),
});

export const openAnotherInput = z.object({ clinic: clinicDraft, terms: acceptance });
