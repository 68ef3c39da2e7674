import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface WebTestServer {
  port: number;
  /** What arrived, as `METHOD path`. */
  requests: string[];
  close(): Promise<void>;
}

/** Another company's web server, on one loopback address. */
export async function startWebServer(answer: RequestListener, address = "127.0.0.1", port = 0): Promise<WebTestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
