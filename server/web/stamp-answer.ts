import type { ServerResponse } from "node:http";

/** Two years. Names under ours are left alone: a host may run other things there, and our cookies are `__Host-` ones. */
const strictTransport = "max-age=63072000";

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

const policies = {
  // For what is no page: even opened alone in a tab it runs, loads and frames nothing. A page brings its own (proxy.ts).
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  // The address of a page can name a clinic or a patient: it is told to nobody.
  "referrer-policy": "same-origin",
  "permissions-policy": permissionsPolicy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
};

/**
 * Puts the policies on an answer before anybody looks at the request: doors, pages, refusals and faults alike carry them, and nobody can forget.
 * @param origin the site's public address: behind TLS the browser is told to come back by TLS only.
 */
export function stampAnswer(response: ServerResponse, origin: string): void {
  for (const [name, value] of Object.entries(policies)) response.setHeader(name, value);
  if (origin.startsWith("https://")) response.setHeader("strict-transport-security", strictTransport);
}
