import { BlockList, isIP } from "node:net";

const near = new BlockList();
near.addSubnet("127.0.0.0", 8);
near.addSubnet("10.0.0.0", 8);
near.addSubnet("172.16.0.0", 12);
near.addSubnet("192.168.0.0", 16);
near.addSubnet("169.254.0.0", 16);
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");
near.addSubnet("fe80::", 10, "ipv6");

/**
 * Where an address is, as far as it says so itself: on the local network, or unknown (empty). Telling a city would need a
 * third party or a file that goes stale; the address itself is shown instead.
 */
export function describePlace(address: string): "local" | "" {
  const family = isIP(address);
  if (family === 0) return "";
  return near.check(address, family === 6 ? "ipv6" : "ipv4") ? "local" : "";
}
