import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { Destination } from "./check-destination.ts";
import { OutboundError } from "./outbound-error.ts";

export interface Hop {
  method: string;
  headers: Headers;
  body: Buffer | null;
}

/**
 * Sends one request to a checked destination. The socket's own resolution is replaced by the addresses that were checked, so
 * that a name which now answers otherwise (DNS rebinding) changes nothing. No connection is kept or shared.
 */
export function sendRequest({ url, addresses }: Destination, hop: Hop, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? https.request : http.request;
    const request = send(url, {
      method: hop.method,
      headers: Object.fromEntries(hop.headers),
      agent: false,
      signal,
      lookup: (_hostname, options, answer) => {
        const [first] = addresses;
        if (options.all) return answer(null, addresses);
        answer(null, first?.address ?? "", first?.family);
      },
    });
    request.on("response", resolve);
    request.on("error", (cause) => reject(new OutboundError(signal.aborted ? "TimedOut" : "Unreachable", { cause })));
    request.end(hop.body ?? undefined);
  });
}

/** The whole body, up to a limit: what is announced too large is not even begun. */
export async function readBody(answer: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    if (Number(answer.headers["content-length"] ?? 0) > maxBytes) throw new OutboundError("TooLarge");
    if ((answer.headers["content-encoding"] ?? "identity") !== "identity") throw new OutboundError("BadAnswer");
    for await (const part of answer as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > maxBytes) throw new OutboundError("TooLarge");
      parts.push(part);
    }
    return Buffer.concat(parts, length);
  } catch (cause) {
    if (cause instanceof OutboundError) throw cause;
    throw new OutboundError(signal.aborted ? "TimedOut" : "Unreachable", { cause });
  } finally {
    answer.destroy();
  }
}
