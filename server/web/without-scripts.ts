import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * Lets a page through without the scripts that Next puts on each: for pages that are texts and links alone, a browser that runs
 * nothing shows them at once, on the oldest phone too. What is no page (a redirection, an answer to Next's own client) is
 * left as it is.
 *
 * Next writes the page in pieces: they are kept, and leave as one, compressed here since what is compressed cannot be read.
 */
export function withoutScripts(request: IncomingMessage, response: ServerResponse): void {
  const coding = codingOf(String(request.headers["accept-encoding"] ?? ""));
  request.headers["accept-encoding"] = "identity";
  const pieces: Buffer[] = [];
  const end = response.end.bind(response) as (body?: unknown) => ServerResponse;
  const write = response.write.bind(response) as typeof response.write;
  const isPage = () => String(response.getHeader("content-type") ?? "").startsWith("text/html");
  const keep = (piece: unknown, encoding: unknown) => {
    if (typeof piece === "string")
      pieces.push(Buffer.from(piece, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8"));
    else if (piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
  };
  const told = (...maybe: unknown[]) => {
    const callback = maybe.find((one) => typeof one === "function");
    if (callback) queueMicrotask(callback as () => void);
  };

  // Next's own layers settle the head at the first piece, long before the body's length is known.
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
  response.writeHead = ((...head: unknown[]) => {
    if (isPage()) {
      response.removeHeader("content-length");
      if (coding) response.setHeader("content-encoding", coding);
    }
    return writeHead(...head);
  }) as typeof response.writeHead;
  response.flushHeaders = () => undefined;
  response.write = ((piece: unknown, encoding?: unknown, callback?: unknown) => {
    if (!isPage()) return write(piece as string, encoding as BufferEncoding, callback as () => void);
    keep(piece, encoding);
    told(encoding, callback);
    return true;
  }) as typeof response.write;
  response.end = ((piece?: unknown, encoding?: unknown, callback?: unknown) => {
    if (!isPage()) return end(piece);
    keep(piece, encoding);
    pack(strip(Buffer.concat(pieces).toString("utf8")), coding).then(
      (body) => {
        end(request.method === "HEAD" ? undefined : body);
        told(piece, encoding, callback);
      },
      (error: Error) => response.destroy(error),
    );
    return response;
  }) as typeof response.end;
}

// What React writes cannot hold « </script » within a script, nor « > » bare within a tag's quotes.
const scripts = /<script\b(?![^>]*\bdata-keep\b)[^>]*>[\s\S]*?<\/script>|<link\b[^>]*\bas="script"[^>]*>/g;

// What is left for a script to put in its place: a part that came late, or a whole page that Next could not draw here.
const waiting = /<template id="B:|<html id="__next_error__"/;

/** The page's text without what a browser would run, but for what says `data-keep`. */
export const strip = (page: string): string => (waiting.test(page) ? page : page.replaceAll(scripts, ""));

type Coding = "br" | "gzip" | undefined;

function codingOf(accepted: string): Coding {
  if (/\bbr\b/.test(accepted)) return "br";
  return /\bgzip\b/.test(accepted) ? "gzip" : undefined;
}

async function pack(page: string, coding: Coding): Promise<Buffer> {
  const body = Buffer.from(page);
  // Quality 5: within a tenth of the best, a few milliseconds.
  if (coding === "br") return brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return coding === "gzip" ? gzipped(body) : body;
}
