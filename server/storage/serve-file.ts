import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { logger } from "#server/logger.ts";
import { type FileRoom, type FileScope, processFileRoom } from "./file-room.ts";
import { type FileReference, getFile } from "./get-file.ts";

export interface ServedFile extends FileReference {
  mediaType: string;
  sizeBytes: number | bigint;
  /** Anybody may have it, and keep it: what an id names never changes. */
  isPublic?: true;
}

/** Types that a browser may show by itself: pictures that we encoded. Everything else is downloaded, never rendered. */
const SHOWN = new Map([
  ["image/png", "png"],
  ["image/jpeg", "jpg"],
  ["image/webp", "webp"],
]);
const DOWNLOADED = new Map([
  ["application/pdf", "pdf"],
  ["text/csv", "csv"],
]);

/**
 * Answers GET and HEAD with a stored file. The caller has **already decided** that this person may have it, and journaled
 * it: here are only the bytes and the headers that keep them harmless. The name shown is the file's id: names that people
 * typed never reach a header.
 */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  scope: FileScope,
  file: ServedFile,
  room: FileRoom = processFileRoom(),
): Promise<void> {
  const shown = SHOWN.get(file.mediaType);
  const extension = shown ?? DOWNLOADED.get(file.mediaType) ?? "bin";
  const headers = {
    "Content-Type": shown || DOWNLOADED.has(file.mediaType) ? file.mediaType : "application/octet-stream",
    "Content-Length": String(file.sizeBytes),
    "Content-Disposition": `${shown ? "inline" : "attachment"}; filename="${file.id}.${extension}"`,
    "X-Content-Type-Options": "nosniff",
    // Even opened alone in a tab, a file can run nothing, load nothing and be framed by nobody.
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": file.isPublic ? "public, max-age=31536000, immutable" : "private, no-store",
  };
  if (request.method === "HEAD") {
    response.writeHead(200, headers).end();
    return;
  }
  try {
    const content = await getFile(scope, file, room);
    response.writeHead(200, headers);
    // A damaged file destroys the connection before its announced length: no browser takes a part for the whole.
    await pipeline(content, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE") return;
    logger.error("storage.unreadable", { clinicId: scope.clinic.id, door: "clinic.file" }, error);
    if (response.headersSent) return;
    response.writeHead(503, { "Content-Type": "application/json", "Cache-Control": "no-store" });
    response.end(JSON.stringify({ error: "file.unavailable" }));
  }
}
