import type { ConsentState, MessageChannel, MessageClass } from "./schema.ts";

export interface Standing {
  readonly care: ConsentState;
  readonly promotional: ConsentState;
}

/**
 * Whether a message of this class may go to this address.
 * - care by mail: no consent needed (CASL s. 6(6): it completes or confirms what the person asked for), until it is withdrawn;
 * - care by text message: only where the person chose it (AC-69), until it is withdrawn;
 * - promotional: only with an express consent on record.
 * @param chosen the person gave this number for text messages, at booking or to the clinic
 */
export function mayWrite(
  messageClass: MessageClass,
  channel: MessageChannel,
  standing: Standing | null,
  chosen: boolean,
): boolean {
  if (messageClass === "promotional") return standing?.promotional === "granted";
  if (standing?.care === "withdrawn") return false;
  return channel === "email" || chosen || standing?.care === "granted";
}
