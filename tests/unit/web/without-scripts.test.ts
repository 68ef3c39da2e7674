import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { strip, withoutScripts } from "#server/web/without-scripts.ts";

const page =
  '<html><head><link rel="stylesheet" href="/a.css"/><link rel="preload" as="script" href="/b.js"/><script src="/b.js" async=""></script><script data-keep nonce="n">follow()</script></head><body>Québec<script>self.__next_f.push([1,"\\u003c/script>"])</script></body></html>';
const bare =
  '<html><head><link rel="stylesheet" href="/a.css"/><script data-keep nonce="n">follow()</script></head><body>Québec</body></html>';

/** One request through a server of its own; the body as it came over the wire. */
async function ask(listener: RequestListener, encoding?: string) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const { request } = await import("node:http");
  const answer = await new Promise<{ headers: Record<string, unknown>; body: Buffer; status?: number }>(
    (resolve, reject) => {
      request({ port, host: "127.0.0.1", headers: encoding ? { "accept-encoding": encoding } : {} }, (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () =>
          resolve({ headers: response.headers, status: response.statusCode, body: Buffer.concat(pieces) }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
  server.close();
  return answer;
}

describe("a page without scripts", () => {
  it("keeps its words, its styles and what is marked to stay", () => {
    expect(strip(page)).toBe(bare);
  });

  it("keeps its scripts when a part of it waits for one to be put in its place", () => {
    for (const waiting of [`${page}<template id="B:0"></template>`, page.replace("<html", '<html id="__next_error__"')])
      expect(strip(waiting)).toBe(waiting);
  });

  it("leaves whole, in one piece and compressed, however it was written", async () => {
    const cut = Buffer.from(page).indexOf("Québec") + 3;
    const answer = await ask((request, response) => {
      withoutScripts(request, response);
      expect(request.headers["accept-encoding"]).toBe("identity");
      response.statusCode = 404;
      response.setHeader("content-type", "text/html; charset=utf-8");
      // As Next's compression does, before the first piece; that piece ends in the middle of « é ».
      response.writeHead(response.statusCode);
      response.write(Buffer.from(page).subarray(0, cut), () => undefined);
      response.flushHeaders();
      response.end(Buffer.from(page).subarray(cut));
    }, "gzip, br");
    expect(answer.status).toBe(404);
    expect(answer.headers["content-encoding"]).toBe("br");
    expect(answer.headers["content-length"]).toBeUndefined();
    expect(brotliDecompressSync(answer.body).toString()).toBe(bare);
  });

  it("touches nothing that is no page", async () => {
    const answer = await ask((request, response) => {
      withoutScripts(request, response);
      response.setHeader("content-type", "text/x-component");
      response.write(page.slice(0, 40));
      response.end(page.slice(40));
    });
    expect(answer.body.toString()).toBe(page);
  });
});
