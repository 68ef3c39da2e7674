import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { type Network, processNetwork } from "./network.ts";
import { OutboundError } from "./outbound-error.ts";
import { isPublicAddress } from "./public-address.ts";

export interface Destination {
  url: URL;
  /** Checked; the connection is made to one of these and to nothing else. */
  addresses: LookupAddress[];
}

/** `host:port` as the register and CHEVET_OUTBOUND_ALLOW write it. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === "http:" ? "80" : "443")}`;
}

/** Whether an address may be spoken to at all, before it is resolved: over TLS, or where CHEVET_OUTBOUND_ALLOW says. */
export function mayBeSpokenTo(url: URL, network: Network = processNetwork()): boolean {
  if (url.username || url.password) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && network.allowPrivate.has(hostAndPort(url)));
}

/**
 * Decides whether one hop may be made, and to which addresses.
 * @throws OutboundError BadAddress, NotListed, UnknownHost, PrivateAddress
 */
export async function checkDestination(url: URL, hosts: readonly string[], network: Network): Promise<Destination> {
  const place = hostAndPort(url);
  const mayBePrivate = network.allowPrivate.has(place);
  if (!mayBeSpokenTo(url, network)) throw new OutboundError("BadAddress");
  if (!hosts.some((host) => place === (host.includes(":") ? host : `${host}:443`)))
    throw new OutboundError("NotListed");

  const addresses = await resolve(url.hostname, network);
  // One private address among public ones is how a name is made to rebind: refuse the whole answer.
  if (!mayBePrivate && !addresses.every(({ address }) => isPublicAddress(address)))
    throw new OutboundError("PrivateAddress");
  return { url, addresses };
}

async function resolve(hostname: string, network: Network): Promise<LookupAddress[]> {
  // A literal never reaches a resolver, neither ours nor the socket's, so it is checked as it stands.
  const literal = hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(literal);
  if (family) return [{ address: literal, family }];
  const addresses = await network.resolve(hostname).catch((cause) => {
    throw new OutboundError("UnknownHost", { cause });
  });
  if (addresses.length === 0) throw new OutboundError("UnknownHost");
  return addresses;
}
