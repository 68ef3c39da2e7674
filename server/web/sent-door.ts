import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { fetchSent } from "#server/communication/link/visitor.ts";
import { DomainError } from "#server/errors.ts";
import { addressKey, consumeLocalLimit } from "#server/limit/consume-limit.ts";
import { logger } from "#server/logger.ts";
import { getFile } from "#server/storage/get-file.ts";
import { identifyVisitor } from "#server/trpc/identify.ts";
import { answerJson } from "./answer-json.ts";
import { callContext } from "./call-context.ts";
import { attachment, harmless } from "./harmless.ts";

const path = /^\/api\/c\/([a-z0-9-]{3,60})\/envoi\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * `GET /api/c/<slug>/envoi/<document>`: one document that was sent, for the browser that gave the code. Both of its secrets come in headers, so that no
 * address, no history and no other site ever holds one. Each fetch is journaled before its first byte.
 */
export function sentDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const [, slug, id] = path.exec((request.url ?? "").split("?", 1)[0] ?? "") ?? [];
  if (!slug || !id) return false;
  void answer(slug, id, request, response);
  return true;
}

async function answer(slug: string, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A HEAD would be journaled as a fetch and bring nothing.
  if (request.method !== "GET") return answerJson(response, 405, { error: "method" });
  const call = callContext(request, response, slug, "visitor");
  const access = request.headers["x-chevet-access"];
  try {
    await consumeLocalLimit("public-call", addressKey(call.origin.address));
    const ctx = await identifyVisitor(call);
    const file = await fetchSent(ctx, id, typeof access === "string" ? access : "");
    const content = await getFile(ctx, { id: file.fileId, objectKey: file.objectKey });
    response.writeHead(200, {
      ...harmless,
      "Content-Type": file.mediaType,
      "Content-Length": String(file.sizeBytes),
      "Content-Disposition": attachment({ ...file, fileName: file.title || file.fileName }),
      "X-Robots-Tag": "noindex",
    });
    await pipeline(content, response);
  } catch (error) {
    if (response.destroyed || response.headersSent) return void response.destroy();
    if (error instanceof DomainError)
      return answerJson(response, error.code === "LimitReached" ? 429 : 404, { error: error.key });
    logger.error("door.failed", { requestId: call.requestId, door: "sent.document" }, error);
    answerJson(response, 500, { error: "internal", requestId: call.requestId });
  }
}
