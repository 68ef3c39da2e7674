import type { IncomingMessage, ServerResponse } from "node:http";
import { cookieName, deviceCookieName, setCookieHeader } from "#server/auth/cookies.ts";
import { deviceSeconds } from "#server/auth/device/know-browser.ts";
import { readDevice, rememberPerson } from "#server/auth/device/known-device.ts";
import { finishJourney, type JourneyEnd } from "#server/auth/oidc/finish-journey.ts";
import { browserCookieName } from "#server/auth/oidc/journey.ts";
import { slugOf } from "#server/auth/oidc/slug-of.ts";
import { closeSession } from "#server/auth/session/close-session.ts";
import { sessionSeconds } from "#server/auth/session/open-session.ts";
import { needEnv } from "#server/env.ts";
import { logger } from "#server/logger.ts";
import type { CallContext } from "#server/trpc/context.ts";
import { answerJson } from "./answer-json.ts";
import { callContext } from "./call-context.ts";

const callback = /^\/api\/oidc\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/callback$/;
/** A provider's answer is a code, a state and an issuer. */
const longestQuery = 4_096;

/**
 * `GET /api/oidc/<clinic id>/callback`: where a clinic's provider sends people back. The one door that another site may lead
 * to, so it takes nothing on trust: a journey that began in this very browser, spent as it is looked up (journey.ts). It
 * answers with a way on, never with a page of its own.
 */
export function oidcDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const [path = "", search = ""] = (request.url ?? "").split("?", 2);
  if (!path.startsWith("/api/oidc/")) return false;
  const clinicId = callback.exec(path)?.[1];
  if (!clinicId) answerJson(response, 404, { error: "notFound" });
  else if (request.method !== "GET") answerJson(response, 405, { error: "method" });
  // A person who is sent here arrives; nothing else has a reason to read this address.
  else if ((request.headers["sec-fetch-dest"] ?? "document") !== "document")
    answerJson(response, 403, { error: "origin" });
  else if (search.length > longestQuery) answerJson(response, 414, { error: "tooLarge" });
  else void answer(request, response, clinicId, new URLSearchParams(search));
  return true;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  clinicId: string,
  query: URLSearchParams,
): Promise<void> {
  const call = callContext(request, response);
  const origin = needEnv("CHEVET_ORIGIN");
  const before = call.cookie("staff");
  const device = readDevice(call.readCookie?.(deviceCookieName(origin)));
  const ctx = { requestId: call.requestId, locale: call.locale, origin: call.origin };
  try {
    const browser = call.readCookie?.(browserCookieName());
    const end = await finishJourney(ctx, { clinicId, query, browser, device, sessionToken: before });
    if (end.kind === "opened") {
      // The cookie is about to be overwritten: what it opened, asleep or somebody else's, ends with it.
      if (before) await closeSession(ctx, { realm: "staff", token: before });
      const remembered = rememberPerson(device, end.session.userId);
      call.setCookie?.(setCookieHeader(cookieName("staff", origin), end.session.token, sessionSeconds, origin));
      call.setCookie?.(setCookieHeader(deviceCookieName(origin), remembered, deviceSeconds, origin));
    }
    goOn(response, call, await wayOn(call, clinicId, end));
  } catch (error) {
    logger.error("door.failed", { requestId: call.requestId, door: "oidc" }, error);
    goOn(response, call, await wayOn(call, clinicId, { kind: "refused", refusal: "answerRefused", of: "sign-in" }));
  }
}

async function wayOn(call: CallContext, clinicId: string, end: JourneyEnd): Promise<string> {
  if (end.kind === "opened") return end.next;
  if (end.kind === "linked") return "/compte/securite?lien=fait";
  if (end.kind === "unlocked") return "/connexion/retour";
  const told = new URLSearchParams({ refus: end.refusal, demande: call.requestId });
  if (end.of === "link") return `/compte/securite?${told}`;
  if (end.of === "unlock") return `/connexion/retour?${told}`;
  const slug = await slugOf(call, clinicId).catch(() => null);
  return `/connexion?clinique=${slug ?? ""}&${told}`;
}

function goOn(response: ServerResponse, { requestId }: CallContext, location: string): void {
  response.writeHead(303, {
    location,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
    // The address that led here holds a code.
    "referrer-policy": "no-referrer",
  });
  response.end();
}
