import { request as forward } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { selfSigned } from "./self-signed.ts";

/** A load balancer of a test's own: it ends TLS on loopback, says who called as proxies do, and passes everything on in the clear. */
export interface TlsTerminator {
  port: number;
  stop(): Promise<void>;
}

/** @param client the address that it says it was called from; what the caller claims stands to its left, as with any proxy. */
export async function startTlsTerminator(targetPort: () => number, client: string): Promise<TlsTerminator> {
  const server = createServer(selfSigned, (request, response) => {
    const claimed = request.headers["x-forwarded-for"];
    const headers = { ...request.headers, "x-forwarded-for": [claimed, client].filter(Boolean).join(", ") };
    const onward = forward(
      { host: "127.0.0.1", port: targetPort(), method: request.method, path: request.url, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
