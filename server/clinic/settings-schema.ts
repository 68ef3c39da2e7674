import { z } from "zod";
import {
  emailAddress,
  line,
  locale,
  optionalEmail,
  optionalLine,
  personName,
  phoneText,
  version,
} from "#server/schema.ts";
import { legalRegimes } from "./professions.ts";
import { slug } from "./slug-form.ts";

export { legalRegimes } from "./professions.ts";

/** The clinic's card: what it is called, how it is reached, who answers for personal information. */
export const changeClinicInput = z.object({
  version,
  name: line(200),
  /** What messages may call the clinic when its name would say too much (AC-63: psychology, sexual health). */
  neutralName: optionalLine(200),
  defaultLocale: locale,
  phone: phoneText,
  email: optionalEmail,
  privacyOfficerName: personName,
  privacyOfficerTitle: line(200),
  privacyOfficerEmail: emailAddress,
  privacyOfficerPhone: phoneText,
});
export type ChangeClinicInput = z.output<typeof changeClinicInput>;

/** How people sign in here. */
export const changeSecurityInput = z.object({
  version,
  requireSecondFactor: z.boolean(),
  idleMinutes: z.int("malformed").min(1, "idleMinutes").max(240, "idleMinutes"),
});
export type ChangeSecurityInput = z.output<typeof changeSecurityInput>;

/** Another public address; the version is the registration's. */
export const changeSlugInput = z.object({ version, slug });
export type ChangeSlugInput = z.output<typeof changeSlugInput>;

/** Which law, how long records are kept, and where that number stands (a regulation, an order's letter). */
export const changeLawInput = z.object({
  version,
  legalRegime: z.enum(legalRegimes, "required"),
  retentionYears: z.int("retentionYears").min(5, "retentionYears").max(100, "retentionYears"),
  retentionSource: optionalLine(300),
});
export type ChangeLawInput = z.output<typeof changeLawInput>;

/** The steps of a clinic's first days; each is read from the clinic's real state. */
export const onboardingSteps = [
  "address",
  "logo",
  "practitioner",
  "services",
  "hours",
  "page",
  "colleague",
  "secondFactor",
  "passkey",
  "policy",
  "journal",
] as const;
export type OnboardingStep = (typeof onboardingSteps)[number];
export const dismissStepInput = z.object({ step: z.enum(onboardingSteps, "malformed") });
