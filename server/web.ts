import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { isLoopback } from "#infra/local/catcher/loopback.ts";
import { isServed, signInDoor } from "#server/auth/next-auth/sign-in-door.ts";
import { ensurePlatformKey } from "#server/crypto/create-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { checkEnv, giveOriginToNextAuth } from "#server/env.ts";
import { closeLimits } from "#server/limit/limit-store.ts";
import { logger } from "#server/logger.ts";
import { createHealthDoor } from "#server/observability/health-door.ts";
import { measureConnections } from "#server/observability/measure-connections.ts";
import { serveMetrics } from "#server/observability/serve-metrics.ts";
import { startTracing } from "#server/observability/start-tracing.ts";
import { type NamedDoor, watchRequests } from "#server/observability/watch-requests.ts";
import { webChecks } from "#server/observability/web-checks.ts";
import { lendRuntime } from "#server/runtime.ts";
import { appRouter, createCaller } from "#server/trpc/router.ts";
import { authGuard } from "#server/web/auth-guard.ts";
import { addressHeader, callContext, requestIdHeader } from "#server/web/call-context.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { feedDoor } from "#server/web/feed-door.ts";
import { liveDoor } from "#server/web/live-door.ts";
import { memberDoors } from "#server/web/member-doors.ts";
import { oidcDoor } from "#server/web/oidc-door.ts";
import { preparePage } from "#server/web/prepare-page.ts";
import { publicCoverDoor } from "#server/web/public-cover-door.ts";
import { sentDoor } from "#server/web/sent-door.ts";
import { stampAnswer } from "#server/web/stamp-answer.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";
import { unsubscribeDoor } from "#server/web/unsubscribe-door.ts";
import { viewerDoor } from "#server/web/viewer-door.ts";

/** The web process: data doors as plain handlers, every other path by Next (README of this folder says why). */
const env = checkEnv("web");
lendRuntime({
  appRouter,
  createCaller,
  auth: { isServed, signInDoor },
  origin: env.CHEVET_ORIGIN ?? "",
  local: env.CHEVET_LOCAL,
});

giveOriginToNextAuth();
await ensurePlatformKey();

const doors: NamedDoor[] = [
  { name: "health", open: createHealthDoor(webChecks) },
  { name: "auth", open: authGuard },
  { name: "oidc", open: oidcDoor },
  { name: "trpc", open: trpcDoor },
  { name: "calendar", open: feedDoor },
  // By itself in the metrics: it stays open for hours.
  { name: "live", open: clinicDoors([liveDoor]) },
  { name: "clinic", open: clinicDoors(memberDoors) },
  { name: "unsubscribe", open: unsubscribeDoor },
  { name: "cover", open: publicCoverDoor },
  { name: "viewer", open: viewerDoor },
  { name: "sent", open: sentDoor },
];
// Caught mail is for whoever sits at this machine: never in a service, never on an address that others reach.
if (env.CHEVET_LOCAL && isLoopback(env.CHEVET_LISTEN)) {
  const { createCatcherDoor } = await import("#infra/local/catcher/catcher-door.ts");
  doors.push({ name: "local", open: createCatcherDoor(env.CHEVET_DATA_DIR) });
}
const stopTracing = env.OTEL_EXPORTER_OTLP_ENDPOINT
  ? startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, "chevet-web")
  : undefined;
if (env.METRICS_PORT) measureConnections("web");
const metrics = env.METRICS_PORT ? await serveMetrics(env.METRICS_PORT) : undefined;

const pages = next({ dev: env.CHEVET_DEV, dir: process.cwd(), hostname: env.CHEVET_LISTEN, port: env.PORT });
await pages.prepare();
const servePage = pages.getRequestHandler();

const serve = watchRequests(doors, async (request, response) => {
  const call = callContext(request, response);
  request.headers[requestIdHeader] = call.requestId;
  request.headers[addressHeader] = call.origin.address;
  if (await preparePage(request, response, call)) return;
  await servePage(request, response);
});

const server = createServer((request, response) => {
  stampAnswer(response, env.CHEVET_ORIGIN ?? "");
  serve(request, response).catch((error: unknown) => {
    logger.error("web.failed", { method: request.method }, error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
// Longer than a load balancer keeps a connection: it must never send into one that we just closed.
server.keepAliveTimeout = 75_000;
server.headersTimeout = 80_000;
server.requestTimeout = 60_000;
// The browser's line to the development server: it stays open for ever, and would keep this process with it. Next answers it by a listener of its
// own from its first page on; before, the browser is cut off and tries again.
const lines = new Set<Duplex>();
if (env.CHEVET_DEV) {
  server.on("upgrade", (_request, socket) => {
    if (server.listenerCount("upgrade") < 2) return void socket.destroy();
    lines.add(socket);
    socket.once("close", () => lines.delete(socket));
  });
}

server.listen(env.PORT, env.CHEVET_LISTEN, () => logger.info("web.listening", { port: env.PORT }));

async function stop(signal: string): Promise<void> {
  logger.info("web.stopping", { signal });
  for (const line of lines) line.destroy();
  const quiet = liveDoor.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 10_000).unref();
  await new Promise((resolve) => server.close(resolve));
  closeLimits();
  metrics?.close();
  await Promise.all([closeDatabases(), stopTracing?.(), quiet]);
  process.exit(0);
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
