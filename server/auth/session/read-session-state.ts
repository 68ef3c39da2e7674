import type { Locale, Realm, UserContext } from "#server/context.ts";

export interface SessionState {
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
  readonly locale: Locale;
  readonly realm: Realm;
  readonly locked: boolean;
  readonly idleMinutes: number;
  readonly expiresAt: string;
}

/** What the page must know of its own session to warn before it sleeps, and to see that it does. */
export function readSessionState({ user, session }: UserContext): SessionState {
  const { realm, locked, idleMinutes, expiresAt } = session;
  return {
    userId: user.id,
    displayName: user.displayName,
    email: user.email,
    locale: user.locale,
    realm,
    locked,
    idleMinutes,
    expiresAt,
  };
}
