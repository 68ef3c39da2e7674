import { z } from "zod";

/** How a clinic wants its people to sign in. */
export const policy = z.strictObject({
  requireSecondFactor: z.boolean(),
  idleMinutes: z.number().int().min(1, "signIn.idleRange").max(240, "signIn.idleRange"),
  version: z.number().int().min(1),
});

/** A clinic's own OpenID Connect provider. The secret is written and never read back; leaving it out keeps the one there is. */
export const provider = z.strictObject({
  issuer: z
    .string()
    .trim()
    .max(500, "signIn.issuerInvalid")
    .pipe(z.url({ protocol: /^https?$/, error: "signIn.issuerInvalid" }))
    .transform((text) => text.replace(/\/$/, "")),
  clientId: z.string().trim().min(1, "signIn.clientIdNeeded").max(500, "signIn.clientIdNeeded"),
  clientSecret: z.string().trim().max(1_000, "signIn.clientIdNeeded").optional(),
  label: z.string().trim().min(1, "signIn.labelNeeded").max(100, "signIn.labelTooLong"),
  enabled: z.boolean(),
  /** 0 when there is none yet. */
  version: z.number().int().min(0),
});
export type ProviderInput = z.output<typeof provider>;
