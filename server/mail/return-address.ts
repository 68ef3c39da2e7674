import { blindIndex, sameDigest } from "#server/crypto/blind-index.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";

/** Ten bytes: whoever guesses a billion times a second finds one in a million years. */
const proofBytes = 10;

const proofOf = (platformKey: ClinicKey, id: string) =>
  blindIndex(platformKey, "mail.return", id).subarray(0, proofBytes);

/**
 * The address that one send comes back to when it does not arrive (VERP): `retour+<id><proof>@domain`. The proof is keyed for the installation, so
 * that a report about a mail that we never sent is no report. With a name of 11 letters the local part is 64 characters, the most there may be (RFC 5321 s. 4.5.3.1.1).
 * @param returnTo MAIL_RETURN
 * @param id the send's own, a UUID
 */
export function returnAddress(returnTo: string, platformKey: ClinicKey, id: string): string {
  const [name, domain] = returnTo.split("@");
  return `${name}+${id.replaceAll("-", "")}${Buffer.from(proofOf(platformKey, id)).toString("hex")}@${domain}`;
}

/** The send that such an address is of; null for an address that is not ours. Letters may have lost their case on the way. */
export function returnedId(returnTo: string, platformKey: ClinicKey, address: string): string | null {
  const [name, domain] = returnTo.toLowerCase().split("@");
  const [, theirName, hex, proof, theirDomain] =
    /^([^+]+)\+([0-9a-f]{32})([0-9a-f]{20})@(.+)$/.exec(address.toLowerCase()) ?? [];
  if (!hex || !proof || theirName !== name || theirDomain !== domain) return null;
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return sameDigest(proofOf(platformKey, id), Buffer.from(proof, "hex")) ? id : null;
}
