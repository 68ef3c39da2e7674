import { createHash } from "node:crypto";
import { blindIndex } from "#server/crypto/blind-index.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { MessageChannel } from "./schema.ts";

/** What stands for an address where whether it may be written to is kept: keyed per clinic, so that it is the same for all who share it. */
export const contactHash = (key: ClinicKey, channel: MessageChannel, contact: string) =>
  blindIndex(key, `contact.${channel}`, contact);

/** What stands for a telephone number across clinics: a STOP comes to the provider's number, which is every clinic's. */
export const numberHash = (platformKey: ClinicKey, number: string) => blindIndex(platformKey, "sms.number", number);

/** The token of an address's own way out, always the same: a link in a mail of last year still works. */
export function wayOutToken(key: ClinicKey, channel: MessageChannel, contact: string): string {
  return Buffer.from(blindIndex(key, `unsubscribe.${channel}`, contact)).toString("base64url");
}

export const tokenHash = (token: string) => new Uint8Array(createHash("sha256").update(token).digest());
