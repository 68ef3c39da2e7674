import { type NextRequest, NextResponse } from "next/server";

/** Two years. Names under ours are left alone: a host may run other things there, and our cookies are `__Host-` ones. */
const strictTransport = "max-age=63072000";

/** Only over TLS: the web process knows its own public address (server/runtime.ts). */
function isServedOverTls(): boolean {
  const lent = (globalThis as { [key: symbol]: { origin?: string } | undefined })[Symbol.for("chevet.runtime")];
  return lent?.origin?.startsWith("https://") ?? false;
}

const isDevelopment = process.env.NODE_ENV === "development";

/** Directives of the content security policy of one page. Nothing from another origin, in any directive. */
function contentSecurityPolicy(nonce: string): string {
  const directives: Record<string, string> = {
    "default-src": "'none'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // The development overlay writes style tags without a nonce, and a nonce would switch 'unsafe-inline' off.
    "style-src": isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    // Mantine renders its variables as style attributes.
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": frameAncestors(),
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** Who may frame a page: nobody. A clinic's public page will be able to name its own website here. */
function frameAncestors(): string {
  return "'none'";
}

/** Features of the browser that no page of ours asks for, passkeys excepted. */
const permissionsPolicy = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
]
  .map((feature) => `${feature}=()`)
  .concat("publickey-credentials-create=(self)", "publickey-credentials-get=(self)")
  .join(", ");

/**
 * Stamps every page with its policies. The policy goes on the request too: Next reads the nonce there and puts it on its
 * own tags. The doors beside Next (`/api`) inherit nothing from here and set their own.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // A layout does not know its own address; what a caller sends under this name is overwritten.
  headers.set("x-chevet-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  // The address of a page can name a clinic or a patient: it is told to nobody.
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("permissions-policy", permissionsPolicy);
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("cross-origin-resource-policy", "same-origin");
  response.headers.set("x-frame-options", "DENY");
  if (isServedOverTls()) response.headers.set("strict-transport-security", strictTransport);
  return response;
}

export const config = { matcher: ["/((?!_next/static|api/).*)"] };
