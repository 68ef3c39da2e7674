import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";
import { processNetwork } from "#server/outbound/network.ts";

export type Claims = Record<string, unknown>;
/** Changes what the provider hands over, and signs it anew with `key` (its own unless another is given). */
export type Forgery = (claims: Claims) => { claims: Claims; key?: KeyObject; kid?: string };

export interface IdentityProvider {
  readonly issuer: string;
  /** `host:port`. */
  readonly place: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Tells the provider where one more clinic receives its people. */
  admit(callback: string): void;
  /** Goes where a journey leads and signs in there as `subject`, or gives up. @returns where the provider sends the person back. */
  visit(address: string, subject: string | null): Promise<URL>;
  /** From now on, every ID token is what this makes of it; undefined: honest again. */
  forge(forgery: Forgery | undefined): void;
  close(): Promise<void>;
}

/** What every account there says of itself, e-mail included: Chevet must not look at it. */
const emails = new Map<string, string>();

/** Gives an account at the provider an e-mail that it vouches for. */
export function nameAtProvider(subject: string, email: string): void {
  emails.set(subject, email);
}

/** Another company's identity provider, a real one, on loopback; this process's outbound calls may reach it. */
export async function startIdentityProvider(port = 0): Promise<IdentityProvider> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomBytes(4).toString("hex");
  const [clientId, clientSecret] = [`chevet-${kid}`, randomBytes(24).toString("base64url")];
  const callbacks: string[] = [];
  let forgery: Forgery | undefined;
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;

  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  // A test that forgets it does not hang.
  server.unref();
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `http://${place}`;
  // What CHEVET_OUTBOUND_ALLOW does at the start of a process: no code of ours adds to it later.
  (processNetwork().allowPrivate as Set<string>).add(place);

  function serve() {
    const provider = new Provider(issuer, configuration());
    provider.use(async (ctx, next) => {
      await next();
      const body = ctx.body as { id_token?: string } | undefined;
      if (ctx.path === "/token" && forgery && body?.id_token) {
        const forged = forgery(claimsOf(body.id_token));
        ctx.body = { ...body, id_token: sign(forged.claims, forged.key ?? privateKey, forged.kid ?? kid) };
      }
    });
    const library = provider.callback();
    answer = (request, response) =>
      request.url?.startsWith("/interaction/")
        ? interact(provider, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
        : library(request, response);
  }

  function configuration(): Configuration {
    return {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [...new Set([`${issuer}/nowhere`, ...callbacks])],
          grant_types: ["authorization_code"],
          response_types: ["code"],
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" } as never] },
      cookies: { keys: [kid] },
      // As providers do that put everything into the ID token.
      conformIdTokenClaims: false,
      claims: { openid: ["sub", "email", "email_verified"] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
      findAccount: (_ctx, sub) => ({
        accountId: sub,
        claims: () => ({ sub, email: emails.get(sub), email_verified: true }),
      }),
      async loadExistingGrant({ oidc }) {
        const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId ?? "" });
        grant.addOIDCScope("openid");
        await grant.save();
        return grant;
      },
    };
  }

  serve();
  return {
    issuer,
    place,
    clientId,
    clientSecret,
    admit(callback) {
      callbacks.push(callback);
      serve();
    },
    visit: (address, subject) => visit(issuer, address, subject),
    forge(made) {
      forgery = made;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The provider's sign-in page: who you say you are, you are. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "POST") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><html lang="fr"><title>Fournisseur</title><h1>Fournisseur d’essai</h1><form method="post">
<label>Identifiant <input name="login"></label><button>Entrer</button><button name="cancel" value="1">Refuser</button></form></html>`);
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  await provider.interactionFinished(
    request,
    response,
    form.get("cancel")
      ? { error: "access_denied", error_description: "refused" }
      : { login: { accountId: form.get("login") ?? "" } },
  );
}

/** A browser that follows the provider's own pages, and stops at the first address that is not the provider's. */
async function visit(issuer: string, address: string, subject: string | null): Promise<URL> {
  const jar = new Map<string, string>();
  let [url, form]: [URL, URLSearchParams | undefined] = [new URL(address), undefined];
  for (let turn = 0; turn < 12; turn += 1) {
    if (url.origin !== issuer) return url;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response: Response = await fetch(url, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie },
      ...(form ? { body: form } : {}),
    });
    for (const one of response.headers.getSetCookie()) {
      const [pair = ""] = one.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const location = response.headers.get("location");
    if (location) [url, form] = [new URL(location, url), undefined];
    else if (response.ok && url.pathname.startsWith("/interaction/") && !form)
      form = new URLSearchParams(subject === null ? { cancel: "1" } : { login: subject });
    else throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
  }
  throw new Error("the provider turns in circles");
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
}

function sign(claims: Claims, key: KeyObject, kid: string): string {
  const head = `${part({ alg: "RS256", kid })}.${part(claims)}`;
  return `${head}.${createSign("RSA-SHA256").update(head).sign(key, "base64url")}`;
}
