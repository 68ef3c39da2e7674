import type { IncomingMessage, ServerResponse } from "node:http";
import { requestSeconds } from "./metrics.ts";
import { traced } from "./traced.ts";

export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A door under the name that metrics and traces give it: the kind of door, never the address, which holds slugs and tokens. */
export interface NamedDoor {
  name: string;
  open: Door;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Hands each request to the first door that takes it, else to `pages`; counts and traces it until its answer has left. */
export function watchRequests(doors: readonly NamedDoor[], pages: Handler): Handler {
  return (request, response) => {
    const started = performance.now();
    const method = methods.find((name) => name === request.method) ?? "other";
    const answered = new Promise<void>((resolve) => response.once("close", resolve));
    return traced("request", { "http.request.method": method }, async (span) => {
      const taken = doors.find(({ open }) => open(request, response));
      if (!taken) await pages(request, response);
      await answered;
      const door = taken?.name ?? "page";
      const status = `${Math.floor(response.statusCode / 100)}xx`;
      requestSeconds.observe({ door, method, status }, (performance.now() - started) / 1000);
      span.setAttributes({ "chevet.door": door, "http.response.status_code": response.statusCode });
    });
  };
}
