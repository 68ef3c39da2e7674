import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Not reachable on, or not meant for, the public Internet: IANA's IPv4 special-purpose registry, multicast and reserved. */
const specialIPv4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/**
 * Inside the only public IPv6 block, what is not public, or carries an IPv4 address that could be: protocol assignments with
 * Teredo, documentation, 6to4. Everything else that tunnels or maps IPv4 (::ffff:0:0/96, 64:ff9b::/96 and its local form)
 * lies outside the block, like loopback, link-local, unique local and multicast.
 */
const specialIPv6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const special = new BlockList();
for (const [address, bits] of specialIPv4) special.addSubnet(address, bits, "ipv4");
for (const [address, bits] of specialIPv6) special.addSubnet(address, bits, "ipv6");
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** Whether an address may be called. Anything that is not plainly public, or not an address, may not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4");
  // A zone ("fe80::1%eth0") is local by nature.
  if (!isIPv6(address) || address.includes("%")) return false;
  return globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
}
