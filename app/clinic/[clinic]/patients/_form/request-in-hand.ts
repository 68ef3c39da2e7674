import type { RequestRecord } from "#server/request-person/record.ts";

/** The online request that is being registered: handed on in the page's memory, since an address names nobody. */
const next: { request: RequestRecord | undefined } = { request: undefined };

export function registerFor(request: RequestRecord): void {
  next.request = request;
}

export function takeRequest(): RequestRecord | undefined {
  return next.request;
}

export function settleRequest(): void {
  next.request = undefined;
}
