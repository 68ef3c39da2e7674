import { ProxyTracerProvider, type Tracer } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { tracerName } from "./traced.ts";

/**
 * Records our own spans and nobody else's. Next and other libraries trace as soon as they find a provider, and write addresses into their spans: those
 * get a tracer that passes the parent on and keeps nothing.
 */
class OwnTracerProvider extends NodeTracerProvider {
  private readonly silent = new ProxyTracerProvider();

  override getTracer(name: string, version?: string): Tracer {
    return name === tracerName ? super.getTracer(name, version) : this.silent.getTracer(name, version);
  }
}

/**
 * Sends spans to the collector at `endpoint` (OTLP over HTTP). Called by an entry when OTEL_EXPORTER_OTLP_ENDPOINT is set, and never
 * otherwise: without it no trace exists at all. No automatic instrumentation: it would record addresses and statements.
 * @returns what sends the rest and stops.
 */
export function startTracing(endpoint: string, service: "chevet-web" | "chevet-worker"): () => Promise<void> {
  const exporter = new OTLPTraceExporter({
    url: new URL("v1/traces", endpoint.endsWith("/") ? endpoint : `${endpoint}/`).href,
  });
  const provider = new OwnTracerProvider({
    resource: resourceFromAttributes({ "service.name": service }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return () => provider.shutdown();
}
