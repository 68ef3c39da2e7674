import type { IncomingMessage } from "node:http";
import { needEnv } from "#server/env.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a door may answer this request. Doors beside Next inherit nothing from it, so each asks here: a call that
 * changes something comes from this very origin, with a body type that a foreign form cannot send; a call that reads is
 * never made on behalf of another site.
 * @returns undefined, or the HTTP status of the refusal.
 */
export function guardOrigin(
  request: IncomingMessage,
  bodyTypes: RegExp = /^application\/json(;|$)/,
): number | undefined {
  const site = request.headers["sec-fetch-site"];
  if (reading.has(request.method ?? "")) return site === "cross-site" ? 403 : undefined;
  if (request.headers.origin !== needEnv("CHEVET_ORIGIN")) return 403;
  if (site !== undefined && site !== "same-origin") return 403;
  if (!bodyTypes.test(String(request.headers["content-type"] ?? ""))) return 415;
  return undefined;
}
