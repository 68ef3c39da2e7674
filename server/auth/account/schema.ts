import { z } from "zod";

/** Any name that a person may have: any script, any length that people have, no line break. */
export const displayName = z
  .string()
  .transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
  .pipe(
    z
      .string()
      .min(1, "signIn.nameNeeded")
      .max(200, "signIn.nameTooLong")
      .regex(/^[^\p{Cc}]+$/u, "signIn.nameNeeded"),
  );

export const locale = z.enum(["fr", "en"]);
