import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import type { Realm, RequestContext, SessionView } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { describeDevice } from "../device/describe-device.ts";
import { describePlace } from "../device/describe-place.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { neverConfirmed } from "../proof/require-own-session.ts";
import { hashToken } from "../read-session.ts";
import { readSessionRules } from "./read-session-rules.ts";

/** A session ends by itself after a long day, whatever happens in it (seconds). */
export const sessionSeconds = 12 * 3_600;
/** The host's console sees every clinic's name: it sleeps sooner than a clinic may ask. */
const hostIdleMinutes = 10;

export interface NewSession {
  readonly userId: string;
  readonly realm: Realm;
  readonly method: SessionView["method"];
  /** Whether a second factor was just passed: a code, or a passkey that verified its user. */
  readonly secondFactor: boolean;
  /** A clinic's own door: the session opens that clinic and no other. */
  readonly clinicId?: string;
  /** This browser never saw this person: they are told. */
  readonly newDevice: boolean;
}

/** What goes into the cookie: 32 random bytes, of which only the SHA-256 is kept. */
export interface OpenedSession {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
}

/** Writes the session's row, its line in the journal and the notice to the person, all or nothing. */
export async function openSession(ctx: RequestContext, session: NewSession): Promise<OpenedSession> {
  const { userId, realm, method, clinicId } = session;
  const token = randomBytes(32).toString("base64url");
  const id = newId();
  const now = new Date();
  const rules = await readSessionRules(userId);
  await withAuth({ userId }, ctx, async (db) => {
    await db.session.createMany({
      data: {
        id,
        tokenHash: Buffer.from(hashToken(token)),
        realm,
        userId,
        method,
        clinicId: clinicId ?? null,
        expiresAt: new Date(now.getTime() + sessionSeconds * 1000),
        idleMinutes: realm === "host" ? Math.min(hostIdleMinutes, rules.idleMinutes) : rules.idleMinutes,
        ...(method === "oidc" ? { confirmedAt: neverConfirmed } : {}),
        secondFactorAt: session.secondFactor ? now : null,
        address: isIP(ctx.origin.address) === 0 ? null : ctx.origin.address,
        device: describeDevice(ctx.origin.userAgent),
        place: describePlace(ctx.origin.address),
      },
    });
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "session.opened",
      userId,
      sessionId: id,
      clinicId,
      detail: { realm, method, secondFactor: session.secondFactor, newDevice: session.newDevice },
    });
    if (session.newDevice) await tellPerson(db, { userId, eventId, kind: "sign-in-notice" });
  });
  return { id, token, userId };
}
