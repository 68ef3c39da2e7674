import { z } from "zod";
import { id, line, optionalEmail, phoneText, version } from "#server/schema.ts";

export const clinicStates = ["pending", "approved", "suspended"] as const;

export const listClinicsInput = z.object({
  status: z.enum([...clinicStates, "all"]).default("all"),
  search: z.string().max(200, "tooLong").default(""),
  /** The last id of the page before. */
  before: id.optional(),
  most: z.int().min(1).max(100).default(50),
});

/** What the operator decides of a clinic, on top of the version that the list shows. */
export const decideClinicInput = z.object({ clinicId: id, version, status: z.enum(["approved", "suspended"]) });
export type DecideClinicInput = z.output<typeof decideClinicInput>;

export const newestFirst = z.object({ before: id.optional(), most: z.int().min(1).max(100).default(50) });
export const oneById = z.object({ id });

/** Where data lie, as the host declares it on the landing page. */
export const siteRoles = ["records", "backup", "keys"] as const;
const site = z.object({ city: line(100), role: z.enum(siteRoles, "required") });
export const sites = z.array(site).max(20, "malformed");
export type HostSite = z.output<typeof site>;

/** What a price is counted by. */
export const pricePer = ["professional", "clinic"] as const;
const price = z.object({
  /** A name of the landing page (`cabinet`, `clinique`), or the host's own. */
  code: line(60),
  monthlyCents: z.int("price").min(0, "price").max(100_000_00, "price"),
  per: z.enum(pricePer, "required"),
});
export const prices = z.array(price).max(10, "malformed");
export type HostPrice = z.output<typeof price>;

/** An address that a browser can follow, over TLS; '' for none. */
const sourceUrl = z
  .string()
  .trim()
  .max(500, "tooLong")
  .refine((text) => text === "" || z.url({ protocol: /^https$/ }).safeParse(text).success, "webAddress");

/** Everything that the host says of itself, on top of the version that the form shows. */
export const changeSettingsInput = z.object({
  version,
  displayName: line(200),
  contactEmail: optionalEmail,
  contactPhone: phoneText,
  sites,
  prices,
  trialDays: z.int("trialDays").min(0, "trialDays").max(365, "trialDays"),
  approvalRequired: z.boolean(),
  sourceUrl,
});
export type ChangeSettingsInput = z.output<typeof changeSettingsInput>;
