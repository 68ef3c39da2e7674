/** A path of this site, or undefined: what comes in an address never sends anybody elsewhere. */
export function localPath(text: string | undefined): string | undefined {
  if (!text || !/^\/(?![/\\])/.test(text) || /[\s\\]/.test(text)) return undefined;
  const url = new URL(text, "http://local.invalid");
  return url.origin === "http://local.invalid" ? `${url.pathname}${url.search}${url.hash}` : undefined;
}
