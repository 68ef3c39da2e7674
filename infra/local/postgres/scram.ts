import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/**
 * PostgreSQL's own form of a SCRAM-SHA-256 secret (RFC 5803), so that a password is set without being sent: what a server
 * that logs every statement would show is of no use to a reader. ASCII passwords only (SASLprep is then the identity).
 */
export function scramSecret(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const sign = (label: string) => createHmac("sha256", salted).update(label).digest();
  const stored = createHash("sha256").update(sign("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${sign("Server Key").toString("base64")}`;
}
