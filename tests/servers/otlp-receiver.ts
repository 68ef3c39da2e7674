import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * An OpenTelemetry collector of a test's own: OTLP over HTTP in JSON, on loopback. It keeps what it was sent, and gives it back to a GET,
 * for a test in another process.
 */
export interface OtlpReceiver {
  endpoint: string;
  spans: OtlpSpan[];
  /** Everything that came in, as text: to be searched for what must not be there. */
  raw: string;
  stop(): Promise<void>;
}

export interface OtlpSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Record<string, unknown>;
  failed: boolean;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}
interface Export {
  resourceSpans: {
    scopeSpans: {
      spans: (Omit<OtlpSpan, "attributes" | "failed"> & { attributes: Attribute[]; status: { code?: number } })[];
    }[];
  }[];
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const server = createServer(async (request, response) => {
    if (request.method === "GET") return void response.end(receiver.raw);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    receiver.raw += text;
    receiver.spans.push(...spansIn(JSON.parse(text) as Export));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: OtlpReceiver = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: [],
    raw: "",
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

function spansIn(sent: Export): OtlpSpan[] {
  const spans = sent.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans));
  return spans.map(({ attributes, status, ...span }) => ({
    ...span,
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
    failed: status.code === 2,
  }));
}
