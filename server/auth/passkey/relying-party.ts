import { needEnv } from "#server/env.ts";

/** Who passkeys are made for: this site's own host name, from the configured origin and from nothing a caller sends. */
export function relyingParty(): { id: string; origin: string } {
  const origin = needEnv("CHEVET_ORIGIN");
  return { id: new URL(origin).hostname, origin };
}
