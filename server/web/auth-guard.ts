import type { IncomingMessage, ServerResponse } from "node:http";
import { answerJson } from "./answer-json.ts";
import { guardOrigin } from "./guard-origin.ts";

const largestBody = 64 * 1024;

/** Stands before the one door that Next serves: sign-in is as guarded as the doors beside it. @returns true when it refused. */
export function authGuard(request: IncomingMessage, response: ServerResponse): boolean {
  if (!(request.url ?? "").startsWith("/api/auth/")) return false;
  const refusal = guardOrigin(request) ?? boundBody(request);
  if (!refusal) return false;
  answerJson(response, refusal, { error: "refused" });
  return true;
}

/** Next reads a whole body before its route sees it, so the length is asked for beforehand. */
function boundBody(request: IncomingMessage): number | undefined {
  if (request.method !== "POST") return undefined;
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  if (Number.isNaN(length)) return 411;
  return length > largestBody ? 413 : undefined;
}
