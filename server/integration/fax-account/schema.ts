import { z } from "zod";
import { optionalLine, phoneText, version } from "#server/schema.ts";

/** The address that the service gives, without a slash at its end. */
const apiUrl = z
  .string("required")
  .max(300, "tooLong")
  .transform((text) => text.trim().replace(/\/+$/, ""))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), "fax.urlForm")
  .refine((text) => !URL.canParse(text) || (new URL(text).search === "" && new URL(text).hash === ""), "fax.urlForm");

export const changeFaxAccountInput = z.object({
  /** null: there is none yet. */
  version: version.nullable(),
  apiUrl,
  account: optionalLine(200),
  /** Write-only. Empty keeps the one there is. */
  secret: z
    .string()
    .max(500, "tooLong")
    .trim()
    .regex(/^[\x20-\x7e]*$/, "fax.secretForm")
    .default(""),
  sender: phoneText.default(""),
});
export type ChangeFaxAccountInput = z.output<typeof changeFaxAccountInput>;
