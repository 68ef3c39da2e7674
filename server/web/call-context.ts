import type { IncomingMessage, ServerResponse } from "node:http";
import { cookieName, readCookie } from "#server/auth/cookies.ts";
import type { Locale } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { needEnv } from "#server/env.ts";
import type { CallContext } from "#server/trpc/context.ts";
import { clientAddress } from "./client-address.ts";

/** Names the glass that was broken for the patient under whose address it is set: it opens nothing to anybody but who broke it. */
const glassCookie = "chevet-glass";

const contexts = new WeakMap<IncomingMessage, CallContext>();

/** Header of our own on the way from this server to Next's pages; one that a caller sends is thrown away. */
export const requestIdHeader = "x-chevet-request";
export const addressHeader = "x-chevet-address";

/** What the doors know of a request, made once per request. */
export function callContext(
  request: IncomingMessage,
  response: ServerResponse,
  clinicSlug?: string,
  realm: "staff" | "host" | "visitor" = "staff",
): CallContext {
  const known = contexts.get(request);
  if (known) return { ...known, clinicSlug, realm };
  const origin = needEnv("CHEVET_ORIGIN");
  const fresh: CallContext = {
    requestId: newId(),
    locale: localeOf(request),
    origin: { address: clientAddress(request), userAgent: String(request.headers["user-agent"] ?? "").slice(0, 300) },
    cookie: (realm) => readCookie(request.headers.cookie, cookieName(realm, origin)),
    readCookie: (name) => readCookie(request.headers.cookie, name),
    realm,
    clinicSlug,
    background: request.headers["x-chevet-background"] === "1",
    person: uuidOf(request.headers["x-chevet-person"]),
    visitToken: tokenOf(request.headers["x-chevet-visit"]),
    // A call says it in its header; a picture, a file or a page can only bring the cookie of that one patient's addresses.
    breakGlassId: uuidOf(request.headers["x-chevet-break-glass"] ?? readCookie(request.headers.cookie, glassCookie)),
    setCookie: (cookie) => response.appendHeader("Set-Cookie", cookie),
  };
  contexts.set(request, fresh);
  return fresh;
}

function uuidOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(header) ? header : undefined;
}

function tokenOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && /^[\w-]{43}$/.test(header) ? header : undefined;
}

function localeOf(request: IncomingMessage): Locale {
  const chosen = readCookie(request.headers.cookie, "chevet-locale");
  if (chosen === "fr" || chosen === "en") return chosen;
  const first = String(request.headers["accept-language"] ?? "")
    .split(",")
    .find((part) => /^(fr|en)\b/i.test(part.trim()));
  return first?.trim().toLowerCase().startsWith("en") ? "en" : "fr";
}
