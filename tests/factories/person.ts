import { randomBytes } from "node:crypto";
import { hashPassword } from "#server/auth/password/hash-password.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { requestContext } from "./clinic.ts";

export interface TestPerson {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** Strong, and unlike any other run's. */
export const randomPassword = () => `crayon-${randomBytes(6).toString("hex")}-lampe`;

/** An account with a password and an address that was confirmed. */
export async function makePerson(displayName = "Anne-Sophie Gagnon"): Promise<TestPerson> {
  const id = newId();
  const email = `${randomBytes(5).toString("hex")}@personne.example`;
  const password = randomPassword();
  const passwordHash = await hashPassword(password);
  await withAuth({ userId: id }, requestContext(), (db) =>
    db.user.createMany({ data: { id, email, displayName, passwordHash, emailVerifiedAt: new Date() } }),
  );
  return { id, email, password };
}

/** Gives a member of a clinic a password, to sign in through the real door. */
export async function givePassword(userId: string): Promise<string> {
  const password = randomPassword();
  const passwordHash = await hashPassword(password);
  await withAuth({ userId }, requestContext(), (db) =>
    db.user.updateMany({ where: { id: userId }, data: { passwordHash, passwordChangedAt: new Date() } }),
  );
  return password;
}
