import type { ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { openContent } from "#server/document/open-content.ts";
import { renderPreview, widestPreview } from "#server/document/render-preview.ts";
import { busyPage, renderOffice } from "#server/document/showing/render-office.ts";
import { isShown } from "#server/document/showing/show-office.ts";
import { BusyError, notFound } from "#server/errors.ts";
import { processFileRoom } from "#server/storage/file-room.ts";
import { getFile } from "#server/storage/get-file.ts";
import { getRange } from "#server/storage/get-range.ts";
import type { ClinicDoor, ClinicVisit } from "./clinic-door.ts";
import { attachment, harmless } from "./harmless.ts";
import { takeTurns } from "./take-turns.ts";

const uuid = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";

/**
 * `GET /api/clinic/<slug>/documents/<id>/content`: the original, as it came. With `?download` it is taken away as a file under its own name; without,
 * the page's viewer reads it, a part at a time (`Range`). Each fetch passes by the permission and the journal.
 */
export const documentDoor: ClinicDoor = {
  name: "document.content",
  path: new RegExp(`^documents/${uuid}/content$`),
  permission: "document:file",
  async answer(visit) {
    const { ctx, request, response, params, query } = visit;
    const [id = ""] = params;
    const taken = query.has("download");
    const file = await openContent(ctx, id, taken ? "downloaded" : "viewed");
    const headers = {
      ...harmless,
      // Nothing but a download is ever given a type that a browser acts upon.
      "Content-Type": taken ? file.mediaType : "application/octet-stream",
      "Content-Disposition": taken ? attachment(file) : `attachment; filename="${id}"`,
      "Accept-Ranges": "bytes",
    };
    const range = rangeOf(request.headers.range, file.sizeBytes);
    if (range === "unsatisfiable")
      return void response.writeHead(416, { ...headers, "Content-Range": `bytes */${file.sizeBytes}` }).end();
    const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 };
    const head = {
      ...headers,
      "Content-Length": String(end - start + 1),
      ...(range && { "Content-Range": `bytes ${start}-${end}/${file.sizeBytes}` }),
    };
    if (request.method === "HEAD") return void response.writeHead(range ? 206 : 200, head).end();
    const content = range ? await getRange(ctx, file, range) : await getFile(ctx, file);
    response.writeHead(range ? 206 : 200, head);
    // A damaged file breaks the connection before its announced length: no part is taken for the whole.
    await pipeline(content, response);
  },
};

const previewInput = z.object({
  page: z.coerce.number().int().min(0).max(10_000).default(0),
  width: z.coerce.number().int().min(16).max(widestPreview).default(1_600),
});

/**
 * Pictures being decoded and Office files being read at one time in this process. A fax of two hundred pages asks for all of them at once; what waits holds
 * little, since no file is read before its turn.
 */
const inTurn = takeTurns({ places: 2, mostWaiting: 2_000, mostOfOne: 200 });

/** `GET /api/clinic/<slug>/documents/<id>/preview?page=0&width=1600`: a picture of ours, made from the original at each look. */
export const previewDoor: ClinicDoor = {
  name: "document.preview",
  path: new RegExp(`^documents/${uuid}/preview$`),
  permission: "document:file",
  async answer({ ctx, request, response, params: [id = ""], query }: ClinicVisit) {
    const { page, width } = previewInput.parse(Object.fromEntries(query));
    const file = await openContent(ctx, id, "viewed");
    if (!file.mediaType.startsWith("image/")) throw notFound();
    const headers = {
      ...harmless,
      "Content-Type": "image/jpeg",
      "Content-Disposition": `inline; filename="${id}.jpg"`,
    };
    if (request.method === "HEAD") return void response.writeHead(200, headers).end();
    const picture = await inTurn(ctx.user.id, untilGone(response), async () =>
      renderPreview(await buffer(await getFile(ctx, file, processFileRoom())), page, width),
    );
    response.writeHead(200, { ...headers, "Content-Length": String(picture.length) }).end(picture);
  },
};

const shownInput = z.object({ lang: z.enum(["fr", "en"]).default("fr") });

/**
 * `GET /api/clinic/<slug>/documents/<id>/shown?lang=fr`: a Word or Excel file as a page of ours, made from the original at each look. It stands in a
 * frame of our own page, where it runs nothing, fetches nothing and leads nowhere.
 */
export const shownDoor: ClinicDoor = {
  name: "document.shown",
  path: new RegExp(`^documents/${uuid}/shown$`),
  permission: "document:file",
  async answer({ ctx, request, response, params: [id = ""], query }: ClinicVisit) {
    const { lang } = shownInput.parse(Object.fromEntries(query));
    const file = await openContent(ctx, id, "viewed");
    if (!isShown(file.mediaType)) throw notFound();
    const headers = {
      ...harmless,
      "Content-Security-Policy":
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
      "X-Frame-Options": "SAMEORIGIN",
      "Content-Type": "text/html; charset=utf-8",
      "Content-Disposition": `inline; filename="${id}.html"`,
    };
    if (request.method === "HEAD") return void response.writeHead(200, headers).end();
    const signal = untilGone(response);
    const shown = await inTurn(ctx.user.id, signal, async () =>
      renderOffice(await buffer(await getFile(ctx, file, processFileRoom())), lang, { signal }),
    ).catch((error: unknown) => {
      if (error instanceof BusyError) return undefined;
      throw error;
    });
    // It stands in a frame, where a reader sees whatever is answered.
    const page = Buffer.from(shown ?? busyPage(lang));
    response.writeHead(shown ? 200 : 503, { ...headers, "Content-Length": String(page.length) }).end(page);
  },
};

/** Aborts once nobody waits for the answer. */
function untilGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  response.once("close", () => gone.abort());
  return gone.signal;
}

/** One range, as a viewer asks. Several, or a form that is not understood, are answered with the whole. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? "");
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  return start > end ? "unsatisfiable" : { start, end };
}
