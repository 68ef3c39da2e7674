import { randomBytes } from "node:crypto";
import { permissionsOf, type Role } from "#server/access/permissions.ts";
import { hashToken, readSession } from "#server/auth/read-session.ts";
import { skeletonOf } from "#server/clinic/slug-form.ts";
import type { ClinicContext, RequestContext } from "#server/context.ts";
import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withRegistrar } from "#server/db/with-registrar.ts";
import { withStaff } from "#server/db/with-staff.ts";

/** Each test mints its own clinic and people, by the same roles that serve: isolation is exercised every time. */

export interface TestMember {
  readonly userId: string;
  readonly membershipId: string;
  readonly email: string;
  /** The staff session cookie's value. */
  readonly token: string;
  readonly ctx: ClinicContext;
}

export interface TestClinic {
  readonly id: string;
  readonly slug: string;
  readonly owner: TestMember;
}

export function requestContext(): RequestContext {
  return { requestId: newId(), locale: "fr", origin: { address: "127.0.0.1", userAgent: "test" } };
}

const word = () => randomBytes(5).toString("hex");

/** A clinic with its owner signed in, second factor passed. */
export async function makeClinic(name = `Clinique ${word()}`): Promise<TestClinic> {
  const [clinicId, userId, slug] = [newId(), newId(), `clinique-${word()}`];
  const email = `${word()}@clinique.example`;
  await createClinicKey(clinicId);
  await withRegistrar({ clinicId, userId }, requestContext(), async (db) => {
    await db.user.createMany({
      data: { id: userId, email, displayName: "Maude Lavallée", emailVerifiedAt: new Date() },
    });
    await db.slug.createMany({ data: { slug, skeleton: skeletonOf(slug), clinicId } });
    await db.clinicRegistration.createMany({
      data: {
        clinicId,
        displayName: name,
        slug,
        timeZone: "America/Toronto",
        region: "Capitale-Nationale",
        professions: ["physician"],
      },
    });
    await db.clinic.createMany({
      data: {
        clinicId,
        name,
        professions: ["physician"],
        legalRegime: "LRSSS",
        retentionYears: 10,
        region: "Capitale-Nationale",
        timeZone: "America/Toronto",
        privacyOfficerName: "Maude Lavallée",
        privacyOfficerTitle: "Directrice",
        privacyOfficerEmail: email,
      },
    });
    await db.clinicPolicy.createMany({ data: { clinicId } });
    await db.membership.createMany({
      data: {
        clinicId,
        id: newId(),
        userId,
        displayName: "Maude Lavallée",
        email,
        role: "owner",
        privacyOfficer: true,
      },
    });
  });
  return { id: clinicId, slug, owner: await signIn(userId, email, slug) };
}

/** Another member of the clinic, signed in. */
export async function makeMember(clinic: TestClinic, role: Role): Promise<TestMember> {
  const [userId, email] = [newId(), `${word()}@clinique.example`];
  await withAuth({ userId }, requestContext(), (db) =>
    db.user.createMany({ data: { id: userId, email, displayName: `Membre ${word()}`, emailVerifiedAt: new Date() } }),
  );
  await addMembership(clinic, userId, email, role);
  return signIn(userId, email, clinic.slug);
}

/** Gives a person who exists a place in one more clinic. */
export async function addMembership(clinic: TestClinic, userId: string, email: string, role: Role): Promise<void> {
  const supervisorId = role === "trainee" ? clinic.owner.membershipId : null;
  await withStaff(clinic.owner.ctx, (db) =>
    db.membership.createMany({
      data: { clinicId: clinic.id, id: newId(), userId, displayName: `Membre ${word()}`, email, role, supervisorId },
    }),
  );
}

/** Opens a session as the sign-in door does, and reads it back as every call does. */
export async function signIn(userId: string, email: string, slug: string): Promise<TestMember> {
  const token = randomBytes(32).toString("base64url");
  await withAuth({ userId }, requestContext(), (db) =>
    db.session.createMany({
      data: {
        id: newId(),
        tokenHash: Buffer.from(hashToken(token)),
        realm: "staff",
        userId,
        method: "password",
        expiresAt: new Date(Date.now() + 3_600_000),
        secondFactorAt: new Date(),
      },
    }),
  );
  const answer = await readSession(token, "staff", slug);
  if (!answer?.clinic || !answer.membership) throw new Error("the session just opened does not open the clinic");
  const { session, sessionHash, user, clinic, membership } = answer;
  const permissions = permissionsOf(membership.role, membership.privacyOfficer, membership.profession);
  return {
    userId,
    membershipId: membership.id,
    email,
    token,
    ctx: { ...requestContext(), session, sessionHash, user, clinic, membership: { ...membership, permissions } },
  };
}
