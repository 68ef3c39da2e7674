import { randomInt } from "node:crypto";
import { blindIndex } from "#server/crypto/blind-index.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";

/** No letter that is read for another, on paper or on the telephone. */
const letters = "ABCDEFGHJKLMNPQRTVWXY346789";

/** « KQ7M-WX3B »: a clinic gives it to whom it wants to book a service. 27^8, tried through a door that counts. */
export function makeServiceCode(): string {
  const one = () => letters[randomInt(letters.length)];
  return `${Array.from({ length: 4 }, one).join("")}-${Array.from({ length: 4 }, one).join("")}`;
}

/**
 * What is kept of a service's code: a hash under the clinic's own key, bound to the service. Spaces, hyphens and case do not matter.
 * @returns 32 bytes, for `healthcare_service.code_hash`
 */
export function hashServiceCode(key: ClinicKey, serviceId: string, code: string): Uint8Array<ArrayBuffer> {
  const typed = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  return blindIndex(key, "healthcare_service.code", `${serviceId} ${typed}`);
}
