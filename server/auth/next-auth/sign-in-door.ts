import type { NextAuthOptions } from "next-auth";
import type { CredentialsConfig } from "next-auth/providers/credentials";
import { z } from "zod";
import type { Realm, RequestContext } from "#server/context.ts";
import { needEnv } from "#server/env.ts";
import { DomainError } from "#server/errors.ts";
import { logger } from "#server/logger.ts";
import { type ErrorView, viewError } from "#server/trpc/describe-error.ts";
import { cookieName, deviceCookieName, setCookieHeader, sideCookieName } from "../cookies.ts";
import { deviceSeconds } from "../device/know-browser.ts";
import { type Device, readDevice, rememberPerson } from "../device/known-device.ts";
import { closeSession } from "../session/close-session.ts";
import { type OpenedSession, sessionSeconds } from "../session/open-session.ts";
import type { SignInAnswer } from "../session/sign-in-with-password.ts";
import { pendingSeconds } from "../session/start-second-factor.ts";
import { signInProviders } from "./providers.ts";

/** What the browser is told: no token ever passes through its scripts. */
export type SignInOutcome =
  | { readonly kind: "opened" }
  | { readonly kind: "second-factor" }
  | { readonly kind: "closed" }
  | { readonly kind: "refused"; readonly error: ErrorView; readonly requestId: string };

export interface SignInCall extends RequestContext {
  readonly realm: Realm;
  readonly cookie: (name: string) => string | undefined;
}

/** What a door of next-auth needs besides what was typed. */
export interface DoorContext extends RequestContext {
  readonly realm: Realm;
  readonly device: Device;
  /** The first step, passed in this browser a moment ago. */
  readonly pending: string | undefined;
}

export interface SignInDoor {
  readonly options: NextAuthOptions;
  /** next-auth's answer, with our outcome as its body and our cookies beside its own. */
  finish(answer: Response): Response;
}

const secrets = { staff: "CHEVET_SECRET_STAFF", patient: "CHEVET_SECRET_PATIENT", host: "CHEVET_SECRET_HOST" } as const;

const served: Record<string, readonly string[]> = {
  GET: ["csrf"],
  POST: ["signout", ...signInProviders.map(({ id }) => `callback/${id}`)],
};

/** Only these of next-auth's addresses are open; its pages, its session echo and its log are not. */
export function isServed(method: string, realm: string, action: readonly string[]): realm is "staff" | "host" {
  return (realm === "staff" || realm === "host") && (served[method] ?? []).includes(action.join("/"));
}

/**
 * next-auth for one request of one realm. It carries the doors: CSRF token, sign-in by each provider, the session cookie,
 * sign-out. It holds no token of its own: `encode` writes the random session id that our verb opened, and every reader
 * looks it up in identity.session (README of this folder).
 */
export function signInDoor(call: SignInCall): SignInDoor {
  const origin = needEnv("CHEVET_ORIGIN");
  const { realm, requestId } = call;
  const device = readDevice(call.cookie(deviceCookieName(origin)));
  const pendingName = sideCookieName("pending", realm, origin);
  const context: DoorContext = {
    requestId,
    locale: call.locale,
    origin: call.origin,
    realm,
    device,
    pending: call.cookie(pendingName),
  };
  let outcome: SignInOutcome | undefined;
  const setCookies: string[] = [];

  async function settle(answer: SignInAnswer): Promise<OpenedSession | null> {
    if (answer.kind === "second-factor") {
      outcome = { kind: "second-factor" };
      setCookies.push(setCookieHeader(pendingName, answer.pending.token, pendingSeconds, origin));
      return null;
    }
    // The cookie is about to be overwritten: what it opened, asleep or somebody else's, ends with it.
    const before = call.cookie(cookieName(realm, origin));
    if (before) await closeSession(context, { realm, token: before });
    outcome = { kind: "opened" };
    setCookies.push(
      setCookieHeader(pendingName, "", 0, origin),
      setCookieHeader(deviceCookieName(origin), rememberPerson(device, answer.session.userId), deviceSeconds, origin),
    );
    return answer.session;
  }

  const providers = signInProviders.map(
    ({ id, signIn }): CredentialsConfig => ({
      id,
      name: id,
      type: "credentials",
      credentials: {},
      async authorize(typed) {
        try {
          const session = await settle(await signIn(context, typed));
          return session && { id: session.userId, token: session.token };
        } catch (error) {
          outcome = { kind: "refused", error: viewError(error), requestId };
          if (!(error instanceof DomainError || error instanceof z.ZodError)) {
            logger.error("sign-in.failed", { requestId, door: id }, error);
          }
          return null;
        }
      },
    }),
  );

  return {
    options: {
      providers,
      secret: needEnv(secrets[realm]),
      useSecureCookies: origin.startsWith("https://"),
      cookies: cookieOptions(realm, origin),
      session: { strategy: "jwt", maxAge: sessionSeconds },
      jwt: {
        encode: ({ token }) => String(token?.sid ?? ""),
        decode: ({ token }) => ({ sid: token ?? "" }),
      },
      callbacks: { jwt: ({ token, user }) => ({ sid: user ? (user as { token?: string }).token : token.sid }) },
      events: {
        async signOut({ token }) {
          await closeSession(context, { realm, token: String(token.sid ?? "") });
          outcome = { kind: "closed" };
        },
      },
      pages: { signIn: "/connexion", error: "/connexion" },
      logger: {
        error: (code) => logger.warn("next-auth.refused", { requestId, code }),
        warn: () => undefined,
        debug: () => undefined,
      },
    },
    finish(answer) {
      if (!answer.headers.has("location") && !outcome) return answer;
      const body = outcome ?? {
        kind: "refused",
        error: viewError(new DomainError("Invalid", "signIn.formExpired")),
        requestId,
      };
      const headers = new Headers({
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-request-id": requestId,
      });
      for (const cookie of [...answer.headers.getSetCookie(), ...setCookies]) headers.append("set-cookie", cookie);
      return new Response(JSON.stringify(body), {
        status: body.kind === "refused" ? statusOf(body.error) : 200,
        headers,
      });
    },
  };
}

function statusOf({ code }: ErrorView): number {
  if (code === "LimitReached") return 429;
  if (code === "Busy") return 503;
  if (code === "Internal") return 500;
  return code === "Unauthenticated" ? 401 : 400;
}

function cookieOptions(realm: Realm, origin: string): NextAuthOptions["cookies"] {
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: origin.startsWith("https://") } as const;
  return {
    sessionToken: { name: cookieName(realm, origin), options },
    csrfToken: { name: sideCookieName("csrf", realm, origin), options },
    callbackUrl: { name: sideCookieName("callback", realm, origin), options },
  };
}
