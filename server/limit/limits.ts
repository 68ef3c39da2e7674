/**
 * Every limit by name: so many calls per key in so many seconds. A key is an address, an e-mail or an id; what is counted
 * is the call, so that ten calls in one batch count ten times.
 *
 * Addresses are shared (a whole clinic behind one router), so limits per address are wide and only slow machines down;
 * what protects an account is `attemptGuess`.
 */
export const limits = {
  /** Any public procedure, per address. Counted in this process alone: it bounds work, it guards no secret. */
  "public-call": { points: 600, seconds: 60 },
  /** Any change by a signed-in person, per session. In this process alone. */
  "session-change": { points: 600, seconds: 60 },

  "sign-in-address": { points: 120, seconds: 600 },
  "passkey-address": { points: 120, seconds: 600 },
  "oidc-address": { points: 120, seconds: 600 },
  /** Trying a provider out, per clinic: each try calls somebody else's machine. */
  "oidc-check": { points: 60, seconds: 600 },
  "reset-address": { points: 30, seconds: 3_600 },
  "reset-account": { points: 4, seconds: 3_600 },
  "email-change": { points: 5, seconds: 3_600 },

  "sign-up-address": { points: 20, seconds: 3_600 },
  "sign-up-account": { points: 5, seconds: 3_600 },
  /** A solved challenge, by its nonce, for as long as it could be shown again. */
  "proof-of-work": { points: 1, seconds: 600 },
  "slug-address": { points: 120, seconds: 600 },
  /** Each change keeps an address from everybody else for ever. */
  "slug-change": { points: 3, seconds: 86_400 },
  /** A calendar program comes every few minutes at most; many clinicians share one address. */
  "calendar-feed": { points: 60, seconds: 3_600 },
  "calendar-address": { points: 600, seconds: 600 },
  /** Places on a clinic's waiting list, per address of the caller: a family, or several behind one router. */
  "waitlist-join": { points: 20, seconds: 3_600 },
  "invitation-clinic": { points: 60, seconds: 3_600 },
  "invitation-address": { points: 60, seconds: 600 },

  // Of a clinic's public page, per clinic and address: a family, or a waiting room behind one router, is far below.
  "booking-hold": { points: 60, seconds: 600 },
  "booking-code": { points: 30, seconds: 3_600 },
  "booking-confirm": { points: 60, seconds: 600 },
  /** Moves, cancellations and their undoing by one link: each writes to somebody, and may offer the time left to all who wait. */
  "booking-change": { points: 20, seconds: 3_600 },
  /** Six digits to one mailbox, whoever asks. */
  "booking-code-account": { points: 6, seconds: 3_600 },
  /** Codes of a document that was sent, per clinic and address; each link has five tries of its own besides. */
  "sent-code": { points: 30, seconds: 600 },
  /** Codes of a service that is booked by code only, per address. */
  "booking-service-code": { points: 20, seconds: 600 },
} as const satisfies Record<string, { points: number; seconds: number }>;

export type LimitName = keyof typeof limits;
