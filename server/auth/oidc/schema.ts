import { z } from "zod";

/**
 * A clinic as somebody types or pastes it: its short address, or a link to any of its pages. Safe for a browser.
 */
export const doorAddress = z
  .string()
  .max(300, "tooLong")
  .transform((text) =>
    (/(?:^|\/)c(?:linic)?\/([^/?#\s]+)/.exec(text)?.[1] ?? text).trim().replace(/^\/+/, "").toLowerCase(),
  )
  .refine((slug) => /^[a-z0-9-]{3,60}$/.test(slug), "oidc.addressForm");

export const signInDoorInput = z.strictObject({ slug: doorAddress, next: z.string().max(500).default("") });

/** Why somebody comes back from a provider without what they went for: each has its sentence under `errors.oidc`. */
export const refusals = [
  "expired",
  "noDoor",
  "unreachable",
  "declined",
  "answerRefused",
  "notLinked",
  "notFresh",
  "taken",
  "alreadyLinked",
  "otherSession",
  "tooMany",
] as const;
export type Refusal = (typeof refusals)[number];
