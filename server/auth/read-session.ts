import { createHash } from "node:crypto";
import { permissionsOf } from "#server/access/permissions.ts";
import type { ClinicView, MembershipView, Realm, SessionView, UserView } from "#server/context.ts";
import { database } from "#server/db/database.ts";

export interface SessionAnswer {
  readonly session: SessionView;
  readonly sessionHash: Uint8Array;
  readonly user: UserView;
  /** Present when the slug was given and this person is an active member of that clinic. */
  readonly clinic?: ClinicView;
  readonly membership?: MembershipView;
}

/** What is kept of a session's cookie: its SHA-256. The cookie itself is 32 random bytes, so a plain hash is enough. */
export function hashToken(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

/**
 * Who holds this cookie, and what they are in this clinic, in one round trip. Nothing is cached: a session revoked, a
 * member deactivated or a lock acts on the very next call.
 * @param active false for calls that a page makes by itself (polling): they do not keep the session awake.
 * @returns null when the session is unknown, revoked or expired.
 */
export async function readSession(
  token: string,
  realm: Realm,
  clinicSlug?: string,
  active = true,
): Promise<SessionAnswer | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const sessionHash = hashToken(token);
  const answer = await ask(sessionHash, realm, clinicSlug, active);
  if (!answer || answer.clinic || !clinicSlug) return answer;
  // Nobody here under this address: the clinic may have left it, and then its members are still led in.
  const current = await currentSlug(clinicSlug);
  return current ? ask(sessionHash, realm, current, active) : answer;
}

async function ask(
  sessionHash: Uint8Array,
  realm: Realm,
  clinicSlug: string | undefined,
  active: boolean,
): Promise<SessionAnswer | null> {
  const result = await database("web").call({
    name: "chevet_read_session",
    text: "select reference.read_session($1, $2, $3, $4) as answer",
    values: [Buffer.from(sessionHash), realm, clinicSlug ?? null, active],
  });
  const answer = result.rows[0]?.answer;
  if (!answer) return null;
  if (!answer.membership) return { session: answer.session, sessionHash, user: answer.user };
  const { membership } = answer;
  const permissions = permissionsOf(membership.role, membership.privacyOfficer, membership.profession);
  return {
    session: answer.session,
    sessionHash,
    user: answer.user,
    clinic: answer.clinic,
    membership: { ...membership, permissions },
  };
}

/** The address of the clinic that once had this one; null when it never belonged to any, or still does. */
async function currentSlug(slug: string): Promise<string | null> {
  const web = database("web");
  const former = await web.transact({ role: "auth", slug }, (db) =>
    db.slug.findFirst({ where: { slug, current: false }, select: { clinicId: true } }),
  );
  if (!former) return null;
  const { clinicId } = former;
  const registration = await web.transact({ role: "auth", clinicId }, (db) =>
    db.clinicRegistration.findFirst({ where: { clinicId }, select: { slug: true } }),
  );
  return registration?.slug ?? null;
}
