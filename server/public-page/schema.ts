import { z } from "zod";
import { id, tidyLine } from "#server/schema.ts";

/** What is asked of whoever prepares a clinic's page, and what is kept of it. Safe for a browser. */

/** Several lines: each tidy, one empty line at most between two. */
const lines = (most: number) =>
  z
    .string({ error: "required" })
    .max(20_000, "tooLong")
    .transform((text) =>
      text
        .split("\n")
        .map(tidyLine)
        .join("\n")
        .replaceAll(/\n{3,}/g, "\n\n")
        .trim(),
    )
    .refine((text) => [...text].length <= most, "tooLong");

const ids = z.array(id).max(200, "tooLong");

/**
 * A site that may frame the page: scheme and host, nothing else. Typed as people type it, kept as a browser compares it. Without
 * TLS only on one's own machine.
 */
export const frameOrigin = z
  .string({ error: "required" })
  .max(300, "tooLong")
  .transform((text) => originOf(tidyLine(text)))
  .refine((origin) => origin !== "", "frameOrigin");

// Only what the policy's own grammar takes: a host may hold « ; » for a browser, never here.
const safeOrigin = /^(https:\/\/[a-z0-9.-]+|http:\/\/(localhost|127\.0\.0\.1))(:\d{1,5})?$/;

function originOf(text: string): string {
  try {
    const { origin, pathname, search, hash, username } = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
    const whole = pathname === "/" && search === "" && hash === "" && username === "";
    return whole && safeOrigin.test(origin) ? origin : "";
  } catch {
    return "";
  }
}

const written = {
  welcomeFr: lines(1_000),
  welcomeEn: lines(1_000),
  directionsFr: lines(1_000),
  directionsEn: lines(1_000),
  /** « Une urgence? Composez le 911. » Shown unless the clinic says otherwise. */
  emergency: z.boolean(),
  /** Left off the page; whatever is added later shows itself. */
  hiddenServices: ids,
  hiddenPractitioners: ids,
  hiddenLocations: ids,
  coverFileId: id.nullable(),
} as const;

export const savePageInput = z.object({
  ...written,
  frameOrigins: z.array(frameOrigin).max(20, "tooLong"),
  /** The version that was read; 0 when nothing was ever saved. */
  version: z.int("malformed").min(0, "malformed"),
});
export type SavePageInput = z.output<typeof savePageInput>;

/** As kept in `clinic.public_page`, draft and published alike. Services, people and hours are not in it: they are read live. */
export const pageContent = z.object({
  welcomeFr: z.string().default(""),
  welcomeEn: z.string().default(""),
  directionsFr: z.string().default(""),
  directionsEn: z.string().default(""),
  emergency: z.boolean().default(true),
  hiddenServices: z.array(z.string()).default([]),
  hiddenPractitioners: z.array(z.string()).default([]),
  hiddenLocations: z.array(z.string()).default([]),
  coverFileId: z.string().nullable().default(null),
});
export type PageContent = z.output<typeof pageContent>;

/** What was published was read so; nothing may have been saved since. 0 cannot be published: there is a row to publish. */
export const publishPageInput = z.object({ version: z.int("malformed").min(0, "malformed") });

/** The places of one service, with one person, or of both. */
export const nextPlacesInput = z.object({ serviceId: id.optional(), practitionerId: id.optional() });
export type NextPlacesInput = z.output<typeof nextPlacesInput>;

/** What has to be so before a page is published. */
export const pageBlocks = ["hours", "service", "privacyOfficer", "approval"] as const;
export type PageBlock = (typeof pageBlocks)[number];
