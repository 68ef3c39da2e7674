import type { Network } from "#server/outbound/network.ts";

/**
 * What is known after a try, as of a mail (server/mail/send-over-smtp.ts). `refused`: the provider said no for good, about this number or this
 * text. `failed`: it has not got it, or cannot take it now. `unknown`: it may have it, and nobody can tell from here.
 */
export type SmsOutcome =
  | { state: "sent"; providerId: string | null }
  | { state: "refused"; code: string; aboutNumber: boolean }
  | { state: "failed"; code: string }
  | { state: "unknown"; code: string };

export interface SmsToSend {
  /** E.164. */
  to: string;
  text: string;
  /** Our own id of the message, for a provider that keeps one beside it. */
  reference: string;
}

export interface SmsReply {
  id: string;
  /** E.164. */
  from: string;
  text: string;
}

/** A carrier of text messages, by its public HTTP API. */
export interface SmsDriver {
  readonly name: "catcher" | "swift" | "voipms";
  send(message: SmsToSend): Promise<SmsOutcome>;
  /** What became of a message since; absent where the provider tells nothing. */
  follow?(sent: { providerId: string | null; reference: string }): Promise<"pending" | "delivered" | "failed">;
  /** What people answered, oldest first. @param after the last reply that was read */
  replies?(after: string | null): Promise<SmsReply[]>;
}

/** How a carrier is reached; a test gives its own. */
export interface Wire {
  readonly network?: Network;
  readonly timeoutMs?: number;
}
