import type { Realm } from "#server/context.ts";

const hostPrefix = (origin: string) => (origin.startsWith("https://") ? "__Host-" : "");

/** Three realms, three cookies. `__Host-` binds each to this very origin, which a plain http address cannot ask for. */
export function cookieName(realm: Realm, origin: string): string {
  return `${hostPrefix(origin)}chevet-${realm}`;
}

/** Cookies around signing in. None starts with a session cookie's name: next-auth joins cookies that do. */
export function sideCookieName(kind: "pending" | "csrf" | "callback" | "oidc", realm: Realm, origin: string): string {
  return `${hostPrefix(origin)}chevet-${kind}-${realm}`;
}

/** Knows the browser, opens nothing (device/known-device.ts). */
export function deviceCookieName(origin: string): string {
  return `${hostPrefix(origin)}chevet-device`;
}

/** One cookie of a Cookie header, or undefined. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** A Set-Cookie that no script reads. @param seconds how long it lives; 0 removes it. */
export function setCookieHeader(name: string, value: string, seconds: number, origin: string): string {
  const secure = origin.startsWith("https://") ? "; Secure" : "";
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}
