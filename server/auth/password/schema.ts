import { z } from "zod";

/** NIST SP 800-63B asks for 8 characters at least; a clinical record deserves more. */
export const shortestPassword = 12;
/** zxcvbn's scale: 3 resists offline guessing for a while (10^10 guesses). */
export const weakestAllowed = 3;

/** An e-mail as accounts keep it: one spelling, lower case. */
export const email = z
  .string()
  .max(300, "signIn.emailInvalid")
  .transform((text) => text.trim().normalize("NFKC").toLowerCase())
  .pipe(z.email("signIn.emailInvalid").max(254, "signIn.emailInvalid"));

/** A password as typed to sign in: any text within bounds, checked against the hash and nothing else. */
export const typedPassword = z.string().min(1, "signIn.passwordNeeded").max(1_000, "signIn.passwordTooLong");

export const newPassword = z.string().min(1, "signIn.passwordNeeded").max(1_000, "signIn.passwordTooLong");

/** What others know of a person, cut into the words that must not make a password. */
export function ownWords(about: readonly string[]): string[] {
  const words = about.flatMap((text) => [text, ...text.split(/[\s@.,'’_+-]+/)]);
  return [...new Set(["chevet", ...words].map((word) => word.toLowerCase()).filter((word) => word.length > 2))];
}
