import type { SignInOutcome } from "#server/auth/next-auth/sign-in-door.ts";
import { networkError, type ToldError } from "../_trpc/use-error-text.ts";
import { tellOtherTabs } from "./use-idle.ts";

export type SignInRealm = "staff" | "host";
export type Refusal = { readonly kind: "refused"; readonly error: ToldError; readonly requestId?: string };

/** Sends one step of signing in to next-auth's door. The session cookie comes back with the answer; no script ever sees it. */
export function callSignIn(
  provider: "password" | "second-factor" | "passkey",
  fields: Record<string, unknown>,
  realm: SignInRealm = "staff",
): Promise<SignInOutcome | Refusal> {
  return post(realm, `callback/${provider}`, fields);
}

/** Ends the session here, on the server first; the other tabs then cover what they show. */
export async function callSignOut(realm: SignInRealm = "staff"): Promise<SignInOutcome | Refusal> {
  const outcome = await post(realm, "signout", {});
  tellOtherTabs();
  return outcome;
}

async function post(
  realm: SignInRealm,
  action: string,
  fields: Record<string, unknown>,
): Promise<SignInOutcome | Refusal> {
  try {
    const token = await fetch(`/api/auth/${realm}/csrf`, { cache: "no-store" });
    const { csrfToken } = await token.json();
    const answer = await fetch(`/api/auth/${realm}/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...fields, csrfToken, json: "true" }),
    });
    return await answer.json();
  } catch {
    return { kind: "refused", error: networkError };
  }
}
