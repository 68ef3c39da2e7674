import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { logger } from "#server/logger.ts";
import { registry } from "./metrics.ts";

type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Serves /metrics, and the given doors (a worker's health), on loopback only: who may read them is whoever runs Prometheus or its agent on this machine.
 */
export async function serveMetrics(port: number, doors: readonly Door[] = []): Promise<Server> {
  const server = createServer((request, response) => {
    if (doors.some((door) => door(request, response))) return;
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
      (error: unknown) => {
        logger.warn("metrics.failed", {}, error);
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return server;
}
