import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readFeed } from "#server/calendar/read-feed.ts";
import { needEnv } from "#server/env.ts";
import { DomainError } from "#server/errors.ts";
import { logger } from "#server/logger.ts";
import { answerJson } from "./answer-json.ts";
import { callContext } from "./call-context.ts";

const path = /^\/api\/c\/([a-z0-9-]{3,60})\/agenda\/([\w-]{43})\.ics$/;

/**
 * `GET /api/c/<slug>/agenda/<secret>.ics`: a practitioner's agenda for a calendar program. The address is the key, so nothing here says it: not
 * the log, nor the metrics, nor what is answered.
 */
export function feedDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const [, slug, token] = path.exec((request.url ?? "").split("?", 1)[0] ?? "") ?? [];
  if (!slug || !token) return false;
  void answer(slug, token, request, response);
  return true;
}

async function answer(slug: string, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") return answerJson(response, 405, { error: "method" });
  const call = callContext(request, response, slug, "visitor");
  try {
    const text = await readFeed(call, slug, token, new URL(needEnv("CHEVET_ORIGIN")).hostname);
    const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
    const headers = { etag, "cache-control": "private, no-cache", "x-robots-tag": "noindex" };
    if (isKnown(request.headers["if-none-match"], etag)) return void response.writeHead(304, headers).end();
    response.writeHead(200, {
      ...headers,
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'inline; filename="agenda.ics"',
      "content-length": Buffer.byteLength(text),
    });
    response.end(request.method === "HEAD" ? undefined : text);
  } catch (error) {
    if (response.destroyed) return;
    const code = error instanceof DomainError ? error.code : undefined;
    if (code === "LimitReached") {
      response.setHeader("retry-after", String((error as DomainError).details.retryAfter ?? 60));
      return answerJson(response, 429, { error: "limit" });
    }
    if (code === "NotFound" || code === "Forbidden") return answerJson(response, 404, { error: "notFound" });
    logger.error("door.failed", { requestId: call.requestId, door: "calendar.feed" }, error);
    answerJson(response, 500, { error: "internal", requestId: call.requestId });
  }
}

/** RFC 9110, 13.1.2: a list, a star, or a tag that a proxy made weak. */
function isKnown(asked: string | undefined, etag: string): boolean {
  if (!asked) return false;
  return asked.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === etag);
}
