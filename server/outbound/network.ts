import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { env } from "#server/env.ts";
import { logger } from "#server/logger.ts";

/** How names are resolved, and what a test may reach in spite of the rules. */
export interface Network {
  /** Every address of a name. Asked once per hop: what it answered is what is connected to. */
  resolve(host: string): Promise<LookupAddress[]>;
  /** `host:port` that may be private, and spoken to without TLS (CHEVET_OUTBOUND_ALLOW). */
  allowPrivate: ReadonlySet<string>;
}

let network: Network | undefined;

/** The system's resolver, and CHEVET_OUTBOUND_ALLOW. */
export function processNetwork(): Network {
  if (network) return network;
  const { CHEVET_OUTBOUND_ALLOW, CHEVET_LOCAL } = env();
  // It opens addresses that a clinic's own settings could then reach: for tests, and said aloud anywhere else.
  if (CHEVET_OUTBOUND_ALLOW?.length && !CHEVET_LOCAL) {
    logger.warn("outbound.private-allowed", { count: CHEVET_OUTBOUND_ALLOW.length });
  }
  network = {
    resolve: (host) => lookup(host, { all: true, verbatim: true }),
    allowPrivate: new Set(CHEVET_OUTBOUND_ALLOW),
  };
  return network;
}
