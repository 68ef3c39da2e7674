import { hash, parseOptions, verify } from "@node-rs/argon2";

/** Longest password taken, in bytes of UTF-8: bounded, so that nobody makes the server hash a book (NIST SP 800-63B: at least 64 characters). */
export const longestPassword = 256;

/**
 * Argon2id (the library's own default algorithm) with the second recommended parameters of RFC 9106 section 4: 64 MiB,
 * three passes, four lanes. OWASP's floor is 19 MiB, two passes, one lane.
 */
const parameters = { memoryCost: 65_536, timeCost: 3, parallelism: 4, outputLen: 32 };

/** The same password typed on any keyboard or system is the same bytes (RFC 8265 section 4.2: OpaqueString). */
const normalise = (password: string) => password.normalize("NFC");

/** @returns the PHC string kept in identity."user".password_hash. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), parameters);
}

let decoy: Promise<string> | undefined;

/**
 * Whether this is the password. Without a hash (no such account, or one that has no password) a decoy is checked all the
 * same: the work, and so the time, tells nothing.
 */
export async function verifyPassword(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  decoy ??= hashPassword("nobody's password");
  const kept = passwordHash ?? (await decoy);
  if (Buffer.byteLength(password) > longestPassword) return false;
  const right = await verify(kept, normalise(password));
  return right && passwordHash != null;
}

/** Whether the hash was made under other parameters than today's, so that it is made again at the next sign-in. */
export function isOutdated(passwordHash: string): boolean {
  const made = parseOptions(passwordHash);
  return (
    made.memoryCost !== parameters.memoryCost ||
    made.timeCost !== parameters.timeCost ||
    made.parallelism !== parameters.parallelism ||
    made.outputLen !== parameters.outputLen
  );
}
