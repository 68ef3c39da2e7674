import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { env } from "#server/env.ts";

let trusted: BlockList | undefined;

function trustedProxies(): BlockList {
  if (trusted) return trusted;
  trusted = new BlockList();
  for (const entry of env().TRUSTED_PROXIES ?? []) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits) trusted.addSubnet(address, Number(bits), family);
    else trusted.addAddress(address, family);
  }
  return trusted;
}

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, "");
const isTrusted = (address: string) =>
  isIP(address) !== 0 && trustedProxies().check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/**
 * The caller's address: the socket's, unless the socket is a trusted proxy; then the nearest address in X-Forwarded-For
 * that is not one. What stands further left was written by the caller and is not believed.
 */
export function clientAddress(request: IncomingMessage): string {
  const direct = plain(request.socket.remoteAddress ?? "");
  if (!isTrusted(direct)) return direct;
  const chain = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((part) => plain(part.trim()))
    .reverse();
  return chain.find((address) => isIP(address) !== 0 && !isTrusted(address)) ?? direct;
}
