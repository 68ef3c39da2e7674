import { type Attributes, context, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { errorCode } from "#server/error-code.ts";

/** Whose spans are ours. */
export const tracerName = "chevet";

/**
 * Runs `work` inside a span. Nothing is measured or sent unless `startTracing` found a collector: until then the API's own tracer does
 * nothing. Attributes say what kind of work it is (a role, a job, a door), never about whom; an error is its code.
 */
export async function traced<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
  const span = trace.getTracer(tracerName).startSpan(name, { attributes });
  if (!span.isRecording()) return work(span);
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute("error.type", errorCode(error));
      throw error;
    } finally {
      span.end();
    }
  });
}
