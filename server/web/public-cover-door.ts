import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError, notFound } from "#server/errors.ts";
import { addressKey, consumeLocalLimit } from "#server/limit/consume-limit.ts";
import { logger } from "#server/logger.ts";
import { findCover } from "#server/public-page/find-cover.ts";
import { serveFile } from "#server/storage/serve-file.ts";
import { identifyVisitor } from "#server/trpc/identify.ts";
import { answerJson } from "./answer-json.ts";
import { callContext } from "./call-context.ts";

const coverPath = /^\/api\/c\/([a-z0-9-]{3,60})\/cover\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** `GET /api/c/<slug>/cover/<id>`: the photo of a published page. Any other file, and any other clinic, is not there. */
export function publicCoverDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const [, slug, fileId] = coverPath.exec((request.url ?? "").split("?", 1)[0] ?? "") ?? [];
  if (!slug || !fileId) return false;
  void answer(request, response, slug, fileId);
  return true;
}

async function answer(request: IncomingMessage, response: ServerResponse, slug: string, fileId: string) {
  const call = callContext(request, response, slug, "visitor");
  try {
    if (request.method !== "GET" && request.method !== "HEAD") return answerJson(response, 405, { error: "method" });
    await consumeLocalLimit("public-call", addressKey(call.origin.address));
    const ctx = await identifyVisitor(call);
    const file = await findCover(ctx, fileId);
    if (!file) throw notFound();
    await serveFile(request, response, ctx, file);
  } catch (error) {
    if (response.destroyed) return;
    if (response.headersSent) return void response.destroy();
    if (error instanceof DomainError)
      return answerJson(response, error.code === "LimitReached" ? 429 : 404, { error: error.key });
    logger.error("door.failed", { requestId: call.requestId, door: "cover" }, error);
    answerJson(response, 500, { error: "internal" });
  }
}
