import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";

const placeOf = (userId: string) => ({
  clinic: "platform",
  table: "identity.totp",
  column: "sealed_secret",
  row: userId,
});

/** Seals a person's TOTP secret with the platform's key, for that person's row and no other. */
export function sealTotpSecret(key: ClinicKey, userId: string, secret: string): Uint8Array<ArrayBuffer> {
  return sealValue(key, placeOf(userId), secret);
}

/** The secret in Base32. */
export function openTotpSecret(key: ClinicKey, userId: string, sealed: Uint8Array): string {
  return openText(key, placeOf(userId), sealed);
}
