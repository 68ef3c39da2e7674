import type { Realm } from "#server/context.ts";

/** Three realms, three cookies. `__Host-` binds each to this very origin, which a plain http address cannot ask for. */
export function cookieName(realm: Realm, origin: string): string {
  return origin.startsWith("https://") ? `__Host-chevet-${realm}` : `chevet-${realm}`;
}

/** One cookie of a Cookie header, or undefined. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
