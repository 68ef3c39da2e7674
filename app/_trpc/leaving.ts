/** A browser carries at most 64 KiB of a page that has gone; beyond, the call goes as any other does. */
const mostCarried = 60_000;

/**
 * For what must still leave when the page goes: read at each call, since a page that is put behind another and one that is closed say the same.
 * @returns the context of a call
 */
export const leavingContext = () => ({ leaving: document.visibilityState === "hidden" });

/** Lets a call outlive its page (`keepalive`). */
export const carriedFetch: typeof fetch = (input, init) => {
  const { body } = init ?? {};
  const isLight = typeof body === "string" && new Blob([body]).size <= mostCarried;
  return fetch(input, { ...init, keepalive: isLight });
};
