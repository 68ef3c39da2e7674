import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { decryptStream } from "#server/crypto/decrypt-stream.ts";
import { encryptStream } from "#server/crypto/encrypt-stream.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";

/** A sealed NAM and a sealed file of one clinic, as a backup would hold them, and a way to read both with some key. */
export async function openSealed(key: ClinicKey): Promise<{ read(key: ClinicKey): Promise<[string, string]> }> {
  const place = { clinic: key.id, table: "clinic.patient", column: "nam", row: "row" };
  const value = sealValue(key, place, "TREM12345678");
  const file = await Readable.from([Buffer.from("a scanned letter")])
    .pipe(encryptStream(key, "file"))
    .toArray();
  return {
    read: async (other) => [
      openText(other, place, value),
      await text(Readable.from(file).pipe(decryptStream(other, "file"))),
    ],
  };
}
