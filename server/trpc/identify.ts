import { createHash } from "node:crypto";
import { readSession, type SessionAnswer } from "#server/auth/read-session.ts";
import { findClinic } from "#server/clinic/find-clinic.ts";
import type { ClinicContext, HostContext, UserContext, VisitorContext } from "#server/context.ts";
import { locked, notFound, precondition, unauthenticated } from "#server/errors.ts";
import { isOperator } from "#server/host/is-operator.ts";
import type { CallContext } from "./context.ts";

async function sessionOf(call: CallContext, realm: "staff" | "host"): Promise<SessionAnswer> {
  // The door of a page that other sites may frame: no cookie counts there.
  if (call.realm === "visitor") throw unauthenticated();
  const token = call.cookie(realm);
  const answer = token ? await readSession(token, realm, call.clinicSlug, !call.background) : null;
  // Somebody else signed in since, in another tab: what the one before typed is not theirs to send, nor the answer theirs to read.
  if (!answer || (call.person && call.person !== answer.user.id)) throw unauthenticated();
  return answer;
}

const requestOf = ({ requestId, locale, origin }: CallContext) => ({ requestId, locale, origin });

/** The person behind a call. @throws Unauthenticated; Locked unless `lockedToo` (unlocking, signing out). */
export async function identifyUser(call: CallContext, lockedToo: boolean): Promise<UserContext> {
  const answer = await sessionOf(call, call.realm === "host" ? "host" : "staff");
  if (answer.session.locked && !lockedToo) throw locked();
  return { ...requestOf(call), session: answer.session, sessionHash: answer.sessionHash, user: answer.user };
}

/**
 * The member behind a call on one clinic's route.
 * @throws NotFound alike for a clinic that does not exist and for one where this person is nobody.
 */
export async function identifyMember(call: CallContext): Promise<ClinicContext> {
  const answer = await sessionOf(call, "staff");
  if (answer.session.locked) throw locked();
  const { clinic, membership } = answer;
  if (!clinic || !membership || clinic.status === "suspended") throw notFound();
  if (clinic.requireSecondFactor && !answer.session.secondFactorAt) throw precondition("secondFactorRequired");
  return {
    ...requestOf(call),
    session: answer.session,
    sessionHash: answer.sessionHash,
    user: answer.user,
    clinic,
    membership,
    breakGlassId: call.breakGlassId,
  };
}

/**
 * Whoever reads the public page of the route's clinic. A cookie makes nobody a visitor, and nothing else of them is known.
 * @throws NotFound alike for no clinic, one that the host has not approved, one that published nothing.
 */
export async function identifyVisitor(call: CallContext): Promise<VisitorContext> {
  if (call.realm !== "visitor" || !call.clinicSlug) throw notFound();
  const clinic = await findClinic(requestOf(call), call.clinicSlug);
  if (!clinic) throw notFound();
  const tokenHash = call.visitToken ? createHash("sha256").update(call.visitToken).digest() : undefined;
  return { ...requestOf(call), visitor: true, clinic: { id: clinic.id, slug: clinic.slug }, tokenHash };
}

/** The host's operator behind a call: another realm, another door, another cookie, and always a second factor. */
export async function identifyOperator(call: CallContext): Promise<HostContext> {
  // At a clinic's door or the staff's, no cookie makes an operator.
  if (call.realm !== "host") throw unauthenticated();
  const answer = await sessionOf(call, "host");
  if (answer.session.locked) throw locked();
  const user: UserContext = {
    ...requestOf(call),
    session: answer.session,
    sessionHash: answer.sessionHash,
    user: answer.user,
  };
  if (!(await isOperator(user))) throw notFound();
  if (!answer.session.secondFactorAt) throw precondition("secondFactorRequired");
  return { ...user, operator: true };
}
