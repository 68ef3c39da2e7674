import { logger } from "#server/logger.ts";
import { checkDestination, type Destination } from "./check-destination.ts";
import { type Network, processNetwork } from "./network.ts";
import { OutboundError } from "./outbound-error.ts";
import { type Integration, type IntegrationCode, integrations } from "./register.ts";
import { type Hop, readBody, sendRequest } from "./send-request.ts";

export interface OutboundPolicy {
  integration: IntegrationCode;
  /** For an integration whose hosts come from settings: those that the settings name, `host` or `host:port`, exactly. */
  hosts?: readonly string[];
  /** For the whole call, redirects and body included. */
  timeoutMs?: number;
  maxBytes?: number;
  maxRedirects?: number;
}

export interface OutboundRequest {
  method?: string;
  headers?: HeadersInit;
  body?: string | Uint8Array | URLSearchParams | null;
}

/** What a library's own fetch may pass beside these; the rest of RequestInit has no meaning here. */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const CARRIED_NOWHERE = ["authorization", "cookie", "proxy-authorization"];
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * **The only way out over HTTP.** Goes to hosts that the register (or the settings it points to) lists, over TLS, to public
 * addresses only, resolved once and pinned; the same for every redirect; bounded in time and size. Returns a standard
 * Response whose body is already read, so that it can stand in for `fetch` in a library. Never inside a transaction.
 * @throws OutboundError
 */
export async function fetchOutbound(
  policy: OutboundPolicy,
  address: string | URL,
  request: OutboundRequest = {},
  network: Network = processNetwork(),
): Promise<Response> {
  const begun = performance.now();
  const said = { kind: policy.integration, durationMs: 0 };
  try {
    const response = await followRedirects(policy, parseAddress(address), toHop(request), network);
    said.durationMs = Math.round(performance.now() - begun);
    logger.info("outbound.answered", { ...said, status: response.status });
    return response;
  } catch (error) {
    said.durationMs = Math.round(performance.now() - begun);
    logger.warn("outbound.refused", said, error);
    throw error;
  }
}

async function followRedirects(policy: OutboundPolicy, url: URL, hop: Hop, network: Network): Promise<Response> {
  const { timeoutMs = 10_000, maxBytes = 1024 * 1024, maxRedirects = 3 } = policy;
  const signal = AbortSignal.timeout(timeoutMs);
  const hosts = allowedHosts(policy);
  let current = { url, hop };
  for (let turn = 0; turn <= maxRedirects; turn += 1) {
    const destination = await withinTime(checkDestination(current.url, hosts, network), signal);
    const answer = await sendRequest(destination, current.hop, signal);
    const status = answer.statusCode ?? 0;
    const location = REDIRECTS.has(status) ? answer.headers.location : undefined;
    if (location === undefined) {
      const body = await readBody(answer, maxBytes, signal);
      return toResponse(destination, status, answer.headersDistinct, body);
    }
    answer.destroy();
    current = nextHop(current, status, location);
  }
  throw new OutboundError("TooManyRedirects");
}

function allowedHosts({ integration, hosts }: OutboundPolicy): readonly string[] {
  const entry: Integration = integrations[integration];
  return entry.hosts === "settings" ? (hosts ?? []) : entry.hosts;
}

/** As browsers do, but stricter: secrets and bodies stay with the origin they were meant for. */
function nextHop({ url, hop }: { url: URL; hop: Hop }, status: number, location: string): { url: URL; hop: Hop } {
  const next = parseAddress(location, url);
  const headers = new Headers(hop.headers);
  const sameOrigin = next.origin === url.origin;
  if (!sameOrigin) for (const name of CARRIED_NOWHERE) headers.delete(name);
  const becomesGet = status === 303 ? hop.method !== "HEAD" : status < 303 && hop.method === "POST";
  if (!becomesGet) {
    if (hop.body && !sameOrigin) throw new OutboundError("BadRedirect");
    return { url: next, hop: { ...hop, headers } };
  }
  for (const name of ["content-type", "content-length"]) headers.delete(name);
  return { url: next, hop: { method: "GET", headers, body: null } };
}

function toHop({ method = "GET", headers, body = null }: OutboundRequest): Hop {
  const sent = new Headers(headers);
  sent.set("user-agent", "Chevet");
  sent.set("accept-encoding", "identity");
  for (const name of ["host", "connection", "content-length", "transfer-encoding"]) sent.delete(name);
  if (body instanceof URLSearchParams && !sent.has("content-type")) {
    sent.set("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
  }
  if (body === null) return { method: method.toUpperCase(), headers: sent, body: null };
  const bytes = Buffer.from(body instanceof Uint8Array ? body : String(body));
  sent.set("content-length", String(bytes.length));
  return { method: method.toUpperCase(), headers: sent, body: bytes };
}

function toResponse({ url }: Destination, status: number, headers: NodeJS.Dict<string[]>, body: Buffer): Response {
  const pairs = Object.entries(headers).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  if (status < 200 || status > 599) throw new OutboundError("BadAnswer");
  const response = new Response(WITHOUT_BODY.has(status) ? null : new Uint8Array(body), { status, headers: pairs });
  // Libraries check it against what they asked for; a made Response has none.
  Object.defineProperty(response, "url", { value: url.href });
  return response;
}

function parseAddress(address: string | URL, base?: URL): URL {
  try {
    return new URL(address, base);
  } catch (cause) {
    throw new OutboundError("BadAddress", { cause });
  }
}

/** A resolver cannot be interrupted; its answer can come too late. */
function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new OutboundError("TimedOut"));
    if (signal.aborted) return giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}
