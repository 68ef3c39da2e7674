import { randomBytes } from "node:crypto";
import { readDevice } from "#server/auth/device/known-device.ts";
import { hashPassword } from "#server/auth/password/hash-password.ts";
import { readSession } from "#server/auth/read-session.ts";
import { openSession } from "#server/auth/session/open-session.ts";
import type { RequestContext, UserContext } from "#server/context.ts";
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

let nextAddress = 0;

/** A call from an address of its own, so that limits per address do not meet between tests. */
export function fromSomewhere(): RequestContext {
  nextAddress += 1;
  const address = `10.${(nextAddress >> 16) & 255}.${(nextAddress >> 8) & 255}.${nextAddress & 255}`;
  return { ...requestContext(), origin: { address, userAgent: "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0" } };
}

/** A browser that nobody has used. */
export const strangeDevice = () => readDevice(undefined);

export interface OpenedForTest {
  readonly token: string;
  /** The context of a call as it would be made now: read again after anything that changes the session. */
  readonly ctx: () => Promise<UserContext>;
}

/** Opens a session without going through a door. */
export async function openFor(
  userId: string,
  session: Partial<Parameters<typeof openSession>[1]> = {},
): Promise<OpenedForTest> {
  const realm = session.realm ?? "staff";
  const { token } = await openSession(fromSomewhere(), {
    userId,
    realm,
    method: "password",
    secondFactor: false,
    newDevice: false,
    ...session,
  });
  return {
    token,
    async ctx() {
      const answer = await readSession(token, realm);
      if (!answer) throw new Error("this session is over");
      return { ...fromSomewhere(), session: answer.session, sessionHash: answer.sessionHash, user: answer.user };
    },
  };
}
