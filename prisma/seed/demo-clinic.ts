import type { Role } from "#server/access/permissions.ts";
import { hashPassword } from "#server/auth/password/hash-password.ts";
import { readSession } from "#server/auth/read-session.ts";
import { findAccount } from "#server/auth/session/find-account.ts";
import { openSession } from "#server/auth/session/open-session.ts";
import { ensureClinicKey } from "#server/clinic/ensure-clinic-key.ts";
import type { ClinicDraft } from "#server/clinic/schema.ts";
import { termsIn, termsVersion } from "#server/clinic/terms.ts";
import { writeOwnedClinic } from "#server/clinic/write-owned-clinic.ts";
import type { ClinicContext, HostContext, RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withRegistrar } from "#server/db/with-registrar.ts";
import { withStaff } from "#server/db/with-staff.ts";

/** What every demo scenario does through the server's own verbs: open a clinic, come in, let colleagues in. */

export function demoRequest(): RequestContext {
  return { requestId: newId(), locale: "fr", origin: { address: "127.0.0.1", userAgent: "demo" } };
}

interface Account {
  readonly displayName: string;
  readonly email: string;
  readonly password: string;
}

/** Opens a clinic by the very write of sign-up, less the mailed code, and returns its owner's context. */
export async function openDemoClinic(draft: ClinicDraft, owner: Account): Promise<ClinicContext> {
  const [clinicId, userId] = [newId(), newId()];
  const { email, displayName, password } = owner;
  const passwordHash = await hashPassword(password);
  await ensureClinicKey(clinicId);
  const agreement = {
    termsVersion,
    termsHash: new Uint8Array(Buffer.from(termsIn("fr").hash, "hex")),
    frenchShownAt: new Date(),
    locale: "fr" as const,
  };
  const made = { clinicId, owner: { userId, displayName, email }, passwordHash, draft, agreement };
  await withRegistrar({ clinicId, userId }, demoRequest(), (db) => writeOwnedClinic(db, demoRequest(), made));
  return enter(userId, draft.slug);
}

/** An account and its place in the clinic. @returns the membership's id. */
export async function addDemoMember(owner: ClinicContext, role: Role, account: Account): Promise<string> {
  const [userId, id, now] = [newId(), newId(), new Date()];
  const { email, displayName, password } = account;
  const passwordHash = await hashPassword(password);
  await withAuth({ userId }, demoRequest(), (db) =>
    db.user.createMany({
      data: { id: userId, email, displayName, emailVerifiedAt: now, passwordHash, passwordChangedAt: now },
    }),
  );
  await withStaff(owner, (db) =>
    db.membership.createMany({ data: { clinicId: owner.clinic.id, id, userId, displayName, email, role } }),
  );
  return id;
}

/** The host's operator, as if they had just passed their second factor. */
export async function enterAsOperator(email: string): Promise<HostContext> {
  const request = demoRequest();
  const account = await findAccount(email, request);
  const { token } = await openSession(request, {
    userId: account?.id ?? "",
    realm: "host",
    method: "password",
    secondFactor: true,
    newDevice: false,
  });
  const answer = await readSession(token, "host");
  if (!answer) throw new Error("the demo's operator finds no console");
  const { session, sessionHash, user } = answer;
  return { ...request, session, sessionHash, user, operator: true };
}

/** A member as they work: with the rights of their role and their practitioner's card. */
export async function enterAsMember(email: string, slug: string): Promise<ClinicContext> {
  const account = await findAccount(email, demoRequest());
  return enter(account?.id ?? "", slug);
}

async function enter(userId: string, slug: string): Promise<ClinicContext> {
  const request = demoRequest();
  const { token } = await openSession(request, {
    userId,
    realm: "staff",
    method: "password",
    secondFactor: false,
    newDevice: false,
  });
  const answer = await readSession(token, "staff", slug);
  if (!answer?.clinic || !answer.membership) throw new Error("the demo's owner finds no clinic");
  const { session, sessionHash, user, clinic, membership } = answer;
  return { ...request, session, sessionHash, user, clinic, membership };
}
