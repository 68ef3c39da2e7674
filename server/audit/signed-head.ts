import { createHash, sign, verify } from "node:crypto";
import { z } from "zod";
import { bindContext } from "#server/crypto/bind-context.ts";
import type { AuditKeys } from "./audit-key.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const signedHeadSchema = z.object({
  journal: z.uuid(),
  /** The link that is signed, and with it every link before it. */
  seq: z.string().regex(/^[1-9][0-9]{0,18}$/),
  hash,
  sealedAt: z.iso.datetime(),
  signedAt: z.iso.datetime(),
  /** SHA-256 of the signed head before this one, so that none can be taken out of the middle. */
  previous: hash,
  key: z.string(),
  signature: z.base64(),
});

/** A statement that a journal stood at this link: kept outside the database, so that no one who owns it can take it back. */
export type SignedHead = z.infer<typeof signedHeadSchema>;

export const firstPrevious = "0".repeat(64);

/** Signs a head with Ed25519 (RFC 8032). */
export function signHeadLine(head: Omit<SignedHead, "key" | "signature">, keys: AuditKeys): SignedHead {
  const unsigned = { ...head, key: keys.signing.id };
  return { ...unsigned, signature: sign(null, content(unsigned), keys.signing.key).toString("base64") };
}

/** A line of a head file: null when it is not one, was altered, is another journal's, or is signed by a key not trusted. */
export function parseHeadLine(line: string, journalId: string, keys: AuditKeys): SignedHead | null {
  const parsed = signedHeadSchema.safeParse(parseJson(line));
  if (!parsed.success || parsed.data.journal !== journalId) return null;
  const key = keys.trusted.get(parsed.data.key);
  const holds = key && verify(null, content(parsed.data), key, Buffer.from(parsed.data.signature, "base64"));
  return holds ? parsed.data : null;
}

/** What the next head names as its previous. */
export function hashHead(head: SignedHead): string {
  return createHash("sha256").update(content(head)).update(head.signature).digest("hex");
}

function content(head: Omit<SignedHead, "signature">): Buffer {
  const { journal, seq, hash: linkHash, sealedAt, signedAt, previous, key } = head;
  return bindContext("chevet.journal-head.1", journal, seq, linkHash, sealedAt, signedAt, previous, key);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
