import type { IncomingMessage, ServerResponse } from "node:http";
import { DomainError, notFound } from "#server/errors.ts";
import { addressKey, consumeLocalLimit } from "#server/limit/consume-limit.ts";
import { type PagePart, readDoorway } from "#server/public-page/read-doorway.ts";
import type { CallContext } from "#server/trpc/context.ts";
import { identifyVisitor } from "#server/trpc/identify.ts";
import { withoutScripts } from "./without-scripts.ts";

/** Read by proxy.ts; what a caller sends under this name is taken away. */
const frameHeader = "x-chevet-frame";
/** After `/c/<slug>`: the pages that are texts and links alone. On all others somebody types, and scripts have work to do. */
const plainPath = /^(?:\/deplacer|\/renseignements|\/(services|soignants)\/([^/]+))?\/?$/;
/** What its own people see before it is published, in a frame of their screen's. */
const previewPath = /^\/apercu\//;
const pagePath = /^\/c\/([a-z0-9-]{3,60})(?=\/|$)/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** No page of ours: Next answers it as any address that leads nowhere. */
const nowhere = "/c";

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
  if (previewPath.test(path)) {
    letFrame(request, response, ["'self'"]);
    withoutScripts(request, response);
    return false;
  }
  const [start, slug] = pagePath.exec(path) ?? [];
  if (!start || !slug) return false;
  const rest = path.slice(start.length);
  const plain = plainPath.exec(rest);
  try {
    await consumeLocalLimit("public-call", addressKey(call.origin.address));
    const ctx = await identifyVisitor({ ...call, realm: "visitor", clinicSlug: slug });
    const { frameOrigins, shown } = await readDoorway(ctx, partOf(plain));
    if (ctx.clinic.slug !== slug) {
      const query = search === undefined ? "" : `?${search}`;
      response.writeHead(308, { location: `/c/${ctx.clinic.slug}${rest}${query}`, "cache-control": "no-store" }).end();
      return true;
    }
    if (!shown) throw notFound();
    letFrame(request, response, frameOrigins);
    if (plain) withoutScripts(request, response);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // A page that says « not found » of itself is drawn by a script in the browser: nobody without one would read it. The link of
    // one's own visit is another matter: it holds whatever became of the page.
    if (plain && error.code === "NotFound") request.url = nowhere;
  }
  return false;
}

function letFrame(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): void {
  if (origins.length === 0) return;
  request.headers[frameHeader] = origins.join(" ");
  response.removeHeader("x-frame-options");
}

/** @throws NotFound for what is no id */
function partOf(plain: RegExpExecArray | null): PagePart | undefined {
  const [, kind, id = ""] = plain ?? [];
  if (kind !== "services" && kind !== "soignants") return undefined;
  if (!uuid.test(id)) throw notFound();
  return { kind, id };
}
