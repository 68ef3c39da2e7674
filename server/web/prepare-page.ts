import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError } from "#server/errors.ts";
import { addressKey, consumeLocalLimit } from "#server/limit/consume-limit.ts";
import { frameOrigins } from "#server/public-page/frame-origins.ts";
import type { CallContext } from "#server/trpc/context.ts";
import { identifyVisitor } from "#server/trpc/identify.ts";

/** Read by proxy.ts; what a caller sends under this name is taken away. */
const frameHeader = "x-chevet-frame";
const pagePath = /^\/c\/([a-z0-9-]{3,60})(?=\/|$)/;

/**
 * Before Next renders a clinic's page for everybody: an address that the clinic left leads to today's, and the page learns which
 * sites may frame it. Read each time, so that a site that was taken off the list is off at once.
 * @returns whether the request is answered
 */
export async function preparePage(
  request: IncomingMessage,
  response: ServerResponse,
  call: CallContext,
): Promise<boolean> {
  delete request.headers[frameHeader];
  const [path = "", search] = (request.url ?? "").split("?", 2);
  const [start, slug] = pagePath.exec(path) ?? [];
  if (!start || !slug) return false;
  try {
    await consumeLocalLimit("public-call", addressKey(call.origin.address));
    const ctx = await identifyVisitor({ ...call, realm: "visitor", clinicSlug: slug });
    const origins = await frameOrigins(ctx);
    if (ctx.clinic.slug !== slug) {
      const rest = path.slice(start.length) + (search === undefined ? "" : `?${search}`);
      response.writeHead(308, { location: `/c/${ctx.clinic.slug}${rest}`, "cache-control": "no-store" }).end();
      return true;
    }
    if (origins.length > 0) {
      request.headers[frameHeader] = origins.join(" ");
      response.removeHeader("x-frame-options");
    }
  } catch (error) {
    // No such page: Next says so, as of any address that leads nowhere.
    if (!(error instanceof DomainError)) throw error;
  }
  return false;
}
