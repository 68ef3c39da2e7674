import { type NextRequest, NextResponse } from "next/server";

const isDevelopment = process.env.NODE_ENV === "development";

/** Directives of the content security policy of one page. Nothing from another origin, in any directive. */
function contentSecurityPolicy(nonce: string, frameAncestors: string): string {
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
    "frame-ancestors": frameAncestors,
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** Who may frame a page: nobody, but for a clinic's public page the sites that the clinic named (server/web/prepare-page.ts). */
function frameAncestors(request: NextRequest): string {
  return request.headers.get("x-chevet-frame") || "'none'";
}

/**
 * Gives every page its policy, in the place of the one that stands on every answer (server/web/stamp-answer.ts). It goes on the request too: Next
 * reads the nonce there and puts it on its own tags.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, frameAncestors(request));

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // A layout does not know its own address; what a caller sends under this name is overwritten.
  headers.set("x-chevet-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: ["/((?!_next/static|api/).*)"] };
