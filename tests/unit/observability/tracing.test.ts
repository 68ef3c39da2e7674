import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { context, trace } from "@opentelemetry/api";
import { afterAll, expect, test } from "vitest";
import { startTracing } from "#server/observability/start-tracing.ts";
import { traced } from "#server/observability/traced.ts";
import { watchRequests } from "#server/observability/watch-requests.ts";
import { watchTransaction } from "#server/observability/watch-transaction.ts";
import { startOtlpReceiver } from "#tests/servers/otlp-receiver.ts";

const collector = await startOtlpReceiver();
afterAll(() => collector.stop());

test("without a collector nothing is recorded", async () => {
  expect(await traced("quiet", {}, async (span) => span.isRecording())).toBe(false);
});

test("with one, requests, transactions and errors arrive as one trace, and say nothing of anyone", async () => {
  const stop = startTracing(collector.endpoint, "chevet-web");
  const canary = "zoe.canari@exemple.quebec";
  const open = watchRequests([], async (_request, response) => {
    await watchTransaction("staff", async () =>
      Promise.reject(Object.assign(new Error(canary), { code: "23505" })),
    ).catch(() => undefined);
    // What Next does by itself as soon as a provider is there: a span around ours, with the address in it.
    const theirs = trace.getTracer("next.js").startSpan("GET", { attributes: { "http.target": `/?q=${canary}` } });
    await context.with(trace.setSpan(context.active(), theirs), () => traced("job", {}, async () => undefined));
    theirs.end();
    response.writeHead(409).end();
  });
  const server = createServer((request, response) => void open(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/clinic/clinique-du-parc/patients?q=${canary}`, {
    headers: { connection: "close" },
  });
  await new Promise((resolve) => server.close(resolve));
  await stop();

  const request = collector.spans.find((span) => span.name === "request");
  const transaction = collector.spans.find((span) => span.name === "transaction");
  expect(request?.attributes).toEqual({
    "http.request.method": "GET",
    "chevet.door": "page",
    "http.response.status_code": 409,
  });
  expect(transaction).toMatchObject({ failed: true, attributes: { "db.role": "staff", "error.type": "23505" } });
  expect(transaction).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId });
  expect(collector.spans.map(({ name }) => name).sort()).toEqual(["job", "request", "transaction"]);
  expect(collector.spans.find(({ name }) => name === "job")?.parentSpanId).toBe(request?.spanId);
  expect(collector.raw).toContain("chevet-web");
  expect(collector.raw).not.toMatch(/canari|clinique-du-parc/);
});
