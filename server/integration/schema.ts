import { z } from "zod";

/** The integrations that a clinic may switch on; the register (server/outbound) says the rest, and a test compares. */
export const clinicIntegrationCodes = ["oidc", "sms", "fax", "calendar"] as const;

const text = (max: number) => z.string().trim().max(max);

/**
 * Switching on. Where personal information leaves Québec (Ontario counts), the clinic's privacy impact assessment (EFVP) and
 * its written agreement with the recipient come first (P-39.1 s. 17; LRSSS s. 106).
 */
export const enableIntegrationInput = z.object({
  code: z.enum(clinicIntegrationCodes),
  /** What the clinic declares, where the register leaves it open. */
  outsideQuebec: z.boolean(),
  /** Where the assessment can be found: a number or a file's name. */
  efvpReference: text(300).default(""),
  efvpSignedOn: z.iso.date().nullable().default(null),
  /** Where the written agreement can be found. */
  agreementReference: text(300).default(""),
  /** The version that was read; null when it was never switched on. */
  version: z.number().int().min(1).nullable(),
});
export type EnableIntegrationInput = z.infer<typeof enableIntegrationInput>;

export const disableIntegrationInput = z.object({
  code: z.enum(clinicIntegrationCodes),
  version: z.number().int().min(1),
});
export type DisableIntegrationInput = z.infer<typeof disableIntegrationInput>;
