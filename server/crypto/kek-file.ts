import { createSecretKey, type KeyObject } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { CryptoError } from "./crypto-error.ts";

/** Version names appear in every wrapped key, so they stay short and plain. */
export const kekVersion = z.string().regex(/^v[1-9][0-9]{0,5}$/);

/** The key-encryption key file: `{ "current": "v2", "keys": { "v1": "<base64 of 32 bytes>", "v2": "…" } }`. */
export const kekFileSchema = z
  .object({ current: kekVersion, keys: z.record(kekVersion, z.base64()) })
  .refine((file) => file.current in file.keys, { message: "current names a version that is not in keys" })
  .refine((file) => Object.values(file.keys).every((key) => Buffer.from(key, "base64").length === 32), {
    message: "every key must be 32 bytes in base64",
  });

export type KekFile = z.infer<typeof kekFileSchema>;

/**
 * Reads the file as it stands, refusing one that other accounts of the machine may read.
 * @throws CryptoError KekUnavailable, in a sentence that says how to mend it (never with a part of a key in it)
 */
export async function readKekFile(path: string): Promise<KekFile> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new CryptoError("KekUnavailable", `CHEVET_KEK_FILE: cannot read ${path} (${error.code}).`);
  });
  if ((info.mode & 0o077) !== 0) {
    throw new CryptoError(
      "KekUnavailable",
      `CHEVET_KEK_FILE: ${path} is open to other accounts. Run: chmod 600 ${path}`,
    );
  }
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CryptoError("KekUnavailable", `CHEVET_KEK_FILE: cannot read ${path} (${error.code}).`);
  });
  const parsed = kekFileSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CryptoError(
    "KekUnavailable",
    `CHEVET_KEK_FILE: ${path} is malformed: ${issue?.path.join(".")} ${issue?.message}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message may quote a piece of the file: of a key.
    return undefined;
  }
}

/** A key-encryption key, held where no log or heap string can show it. */
export function toKeyObject(base64: string): KeyObject {
  const bytes = Buffer.from(base64, "base64");
  try {
    return createSecretKey(bytes);
  } finally {
    bytes.fill(0);
  }
}
