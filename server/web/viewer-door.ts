import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";

const packageFile = createRequire(import.meta.url).resolve("pdfjs-dist/package.json");
const { version } = createRequire(import.meta.url)(packageFile) as { version: string };

/** What the viewer of PDF loads beside the page: its thread, decoders of scanned pictures, fonts and letters that a file does not bring. */
const parts: readonly { readonly path: RegExp; readonly folder: string; readonly type: string }[] = [
  { path: /^(pdf\.worker\.min\.mjs)$/, folder: "build", type: "text/javascript" },
  { path: /^wasm\/(\w+\.wasm)$/, folder: "wasm", type: "application/wasm" },
  { path: /^wasm\/(\w+\.js)$/, folder: "wasm", type: "text/javascript" },
  { path: /^fonts\/([\w-]+\.(?:ttf|pfb))$/, folder: "standard_fonts", type: "application/octet-stream" },
  { path: /^cmaps\/([\w-]+\.bcmap)$/, folder: "cmaps", type: "application/octet-stream" },
  { path: /^iccs\/([\w-]+\.icc)$/, folder: "iccs", type: "application/octet-stream" },
];

/**
 * `GET /api/viewer/<version>/<part>`: the parts of pdfjs that a browser fetches by itself, from this very server. They hold nothing of anybody. The
 * thread gets the policy that it needs and no page has: to compile the decoders that came with it.
 */
export function viewerDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const [, asked, rest = ""] =
    /^\/api\/viewer\/([\d.]+)\/([\w./-]+)$/.exec((request.url ?? "").split("?")[0] ?? "") ?? [];
  if (!asked) return false;
  void answer(request, response, asked, rest);
  return true;
}

async function answer(request: IncomingMessage, response: ServerResponse, asked: string, rest: string): Promise<void> {
  const part = parts.find(({ path }) => path.test(rest));
  const name = part?.path.exec(rest)?.[1];
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!part || !name || !isRead || asked !== version) return void response.writeHead(404).end();
  const file = join(dirname(packageFile), part.folder, name);
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) return void response.writeHead(404).end();
  response.writeHead(200, {
    "Content-Type": part.type,
    "Content-Length": String(info.size),
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  });
  if (request.method === "HEAD") return void response.end();
  await pipeline(createReadStream(file), response).catch(() => undefined);
}
