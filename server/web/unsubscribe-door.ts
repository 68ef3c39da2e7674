import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "#server/errors.ts";
import { addressKey, consumeLocalLimit } from "#server/limit/consume-limit.ts";
import { logger } from "#server/logger.ts";
import { wayOutPage } from "#server/mail/way-out.ts";
import { unsubscribe } from "#server/reminder/unsubscribe.ts";
import { answerJson } from "./answer-json.ts";
import { callContext } from "./call-context.ts";

const address = /^\/api\/c\/([a-z0-9-]{3,60})\/desabonnement\/([A-Za-z0-9_-]{43})$/;

/**
 * `POST /api/c/<slug>/desabonnement/<token>`: the mailbox's own button (RFC 8058), which comes from the mailbox's server, without a page, an
 * origin or a cookie. Only a POST ends anything: a scanner that opens every link of a mail does not. A program that knows only RFC 2369 opens the
 * address in a browser: it is led to the page with the button. Whether the token meant anything is not said.
 */
export function unsubscribeDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const [, slug, token] = address.exec((request.url ?? "").split("?", 1)[0] ?? "") ?? [];
  if (!slug || !token) return false;
  request.resume();
  if (request.method === "GET" || request.method === "HEAD")
    response.writeHead(303, { location: wayOutPage("", { slug, token }), "cache-control": "no-store" }).end();
  else if (request.method !== "POST") answerJson(response, 405, { error: "method" });
  else void answer(request, response, slug, token);
  return true;
}

async function answer(request: IncomingMessage, response: ServerResponse, slug: string, token: string): Promise<void> {
  const call = callContext(request, response);
  const { requestId, locale, origin } = call;
  try {
    await consumeLocalLimit("public-call", addressKey(origin.address));
    await unsubscribe({ requestId, locale, origin }, { slug, token });
    answerJson(response, 200, { done: true });
  } catch (error) {
    if (error instanceof DomainError) return answerJson(response, 429, { error: error.key });
    logger.error("door.failed", { requestId, door: "unsubscribe" }, error);
    answerJson(response, 500, { error: "unexpected" });
  }
}
