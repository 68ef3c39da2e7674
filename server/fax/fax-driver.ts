import type { Network } from "#server/outbound/network.ts";

/**
 * What is known after a try, as of a text message (server/sms/sms-driver.ts). `accepted`: the service has it and says later whether it arrived.
 * `refused`: no for good, about this number or this file. `failed`: it has not got it. `unknown`: it may have it, and nobody can tell from here.
 */
export type FaxOutcome =
  | { state: "accepted"; providerId: string }
  | { state: "refused"; code: string }
  | { state: "failed"; code: string }
  | { state: "unknown"; code: string };

export type FaxFate = { state: "pending" } | { state: "sent" } | { state: "failed"; code: string };

export interface FaxToSend {
  /** E.164. */
  readonly to: string;
  /** The clinic's own number, E.164; '' where the service knows it. */
  readonly from: string;
  /** Our own id: the service sends it once, however often it is asked. */
  readonly reference: string;
  readonly pdf: Uint8Array;
}

/** A fax service, by its HTTP API. */
export interface FaxDriver {
  send(fax: FaxToSend): Promise<FaxOutcome>;
  /** What became of one that it took. */
  follow(providerId: string): Promise<FaxFate>;
}

export interface FaxService {
  readonly apiUrl: string;
  readonly account: string;
  readonly secret: string;
}

/** How a service is reached; a test gives its own. */
export interface Wire {
  readonly network?: Network;
  readonly timeoutMs?: number;
}
