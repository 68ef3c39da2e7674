import { z } from "zod";
import { line, version } from "#server/schema.ts";

/** What people paste when they are asked for an issuer: its discovery document. */
const discoveryPath = /\/\.well-known\/[^/]*\/?$/;

/** The address that a provider calls itself by, as it is compared: exact, save a lone slash after the host. */
function tidyIssuer(text: string): string {
  const bare = text.replace(discoveryPath, "");
  if (!URL.canParse(bare)) return bare;
  const { origin, pathname, search, hash, username } = new URL(bare);
  if (search || hash || username) return "";
  return pathname === "/" ? origin : `${origin}${pathname}`;
}

const issuer = line(500)
  .transform(tidyIssuer)
  .refine((text) => /^https?:\/\/./.test(text) && URL.canParse(text), "oidc.issuerForm");

/** What both sides write in a header: visible ASCII (RFC 6749, appendix A). */
const visible = /^[\x20-\x7e]*$/;
const clientSecret = z.string("required").max(500, "tooLong").trim().regex(visible, "oidc.clientForm");

/** The provider of a clinic, as the person who administers it writes it down. */
export const changeProviderInput = z.object({
  /** null: there is none yet. */
  version: version.nullable(),
  label: line(100),
  issuer,
  clientId: line(500).refine((text) => visible.test(text), "oidc.clientForm"),
  /** Write-only. Empty keeps the one there is. */
  clientSecret,
});
export type ChangeProviderInput = z.output<typeof changeProviderInput>;

export const verifyProviderInput = changeProviderInput.omit({ version: true, label: true });
export type VerifyProviderInput = z.output<typeof verifyProviderInput>;

export const setDoorInput = z.object({ version, open: z.boolean() });
export type SetDoorInput = z.output<typeof setDoorInput>;
