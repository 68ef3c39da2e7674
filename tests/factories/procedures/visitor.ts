import { randomBytes } from "node:crypto";
import { composePasswordReset } from "#server/auth/mail/compose-password-reset.ts";
import { resetPassword } from "#server/auth/password/reset-password.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, requestContext } from "#tests/factories/clinic.ts";
import { mailedInvitation } from "#tests/factories/invitation.ts";
import { sharedProvider, writeProvider } from "#tests/factories/oidc.ts";
import { randomPassword } from "#tests/factories/person.ts";
import { askCode, readCode, signUpForm, solvedChallenge } from "#tests/factories/sign-up.ts";
import type { Factory, Scene } from "./factory.ts";
import { wayOut } from "./reminder.ts";

const nothing: Factory = async () => undefined;

/** Procedures of anybody. */
export const visitorFactories: Readonly<Record<string, Factory>> = {
  "auth.passkey.startSignIn": nothing,
  "auth.password.askReset": async ({ member }) => ({ email: member.email }),
  "auth.password.readReset": async (scene) => ({ token: await resetToken(scene) }),
  "auth.password.reset": async (scene) => ({ token: await resetToken(scene), password: randomPassword() }),
  "host.settings": nothing,
  "invitation.read": async ({ clinic }) => ({ token: (await mailedInvitation(clinic, freshAddress())).token }),
  "invitation.join": async ({ clinic }) => newcomer((await mailedInvitation(clinic, freshAddress())).token),
  "signUp.terms": async () => ({ locale: "fr" }),
  "signUp.challenge": nothing,
  "signUp.slug": async () => ({ slug: `clinique-${word()}`, name: "Clinique", professions: ["physician"] }),
  "signUp.requestCode": async () => ({ email: freshAddress(), locale: "fr", proof: await solvedChallenge() }),
  "signUp.open": async () => {
    const form = signUpForm();
    const { secretId } = await askCode(form.account.email);
    return { ...form, secretId, code: await readCode(secretId) };
  },
};

/**
 * Two questions that differ in one thing only: the first is about an account, an invitation or a link that exists or existed, the
 * second about none. Whoever asks must not tell the two answers apart.
 */
export const hidden: Readonly<Record<string, (scene: Scene) => Promise<readonly [unknown, unknown]>>> = {
  // A clinic whose door is shut, and no clinic.
  "auth.oidc.door": async () => [{ slug: await shutDoor() }, { slug: `clinique-${word()}` }],
  "auth.oidc.startSignIn": async () => [
    { slug: await shutDoor(), next: "" },
    { slug: `clinique-${word()}`, next: "" },
  ],
  "auth.password.askReset": async ({ member }) => [{ email: member.email }, { email: freshAddress() }],
  "auth.password.readReset": async (scene) => [{ token: await spentReset(scene) }, { token: randomToken() }],
  "auth.password.reset": async (scene) => {
    const password = randomPassword();
    return [
      { token: await spentReset(scene), password },
      { token: randomToken(), password },
    ];
  },
  "invitation.read": async (scene) => [{ token: await revokedInvitation(scene) }, { token: randomToken() }],
  "invitation.join": async (scene) => [newcomer(await revokedInvitation(scene)), newcomer(randomToken())],
  "reminder.unsubscribe": async (scene) => {
    const { slug, token } = await wayOut(scene);
    return [
      { slug, token },
      { slug, token: randomToken() },
    ];
  },
  "signUp.requestCode": async ({ member }) => [
    { email: member.email, locale: "fr", proof: await solvedChallenge() },
    { email: freshAddress(), locale: "fr", proof: await solvedChallenge() },
  ],
  "signUp.open": async ({ member }) => [await wrongCode(member.email), await wrongCode(freshAddress())],
};

/** What the others reveal, and why anybody may know it. */
export const revealed: Readonly<Record<string, string>> = {
  "auth.passkey.startSignIn":
    "a random challenge, the same shape for everybody: it takes no input and names no passkey",
  "host.settings": "what the host publishes about itself",
  "signUp.challenge": "a puzzle",
  "signUp.terms": "the published text",
  "signUp.slug": "whether an address on the web is taken, which opening it tells as well; never by whom",
};

const word = () => randomBytes(5).toString("hex");
const freshAddress = () => `${word()}@personne.example`;
const randomToken = () => randomBytes(32).toString("base64url");
const joining = randomPassword();
const newcomer = (token: string) => ({ token, displayName: "Éloïse Gagnon-Nuñez", password: joining });

/** A link to choose a new password, as the worker mails it. */
async function resetToken({ member }: Scene): Promise<string> {
  const [id, { email, userId }] = [newId(), member];
  const expiresAt = new Date(Date.now() + 600_000);
  await withAuth({ email, secretId: id, userId }, requestContext(), (db) =>
    db.oneTimeSecret.createMany({ data: { id, purpose: "password_reset", email, userId, locale: "fr", expiresAt } }),
  );
  const worker = { requestId: newId(), job: "deliver-mail", clinicId: null };
  const mail = await composePasswordReset(worker, { deliveryId: newId(), locale: "fr", subject: { secretId: id } });
  return mail?.values.path.split("#")[1] ?? "";
}

async function spentReset(scene: Scene): Promise<string> {
  const token = await resetToken(scene);
  await resetPassword(requestContext(), { token, password: randomPassword() });
  return token;
}

async function revokedInvitation({ clinic }: Scene): Promise<string> {
  const { id, token } = await mailedInvitation(clinic, freshAddress());
  await callerOf(clinic.owner, clinic).invitation.revoke({ id, version: 1 });
  return token;
}

async function shutDoor(): Promise<string> {
  const clinic = await makeClinic();
  await writeProvider(clinic, await sharedProvider());
  return clinic.slug;
}

async function wrongCode(email: string) {
  const form = signUpForm({ email });
  const { secretId } = await askCode(email);
  const right = await readCode(secretId);
  return {
    ...form,
    clinic: { ...form.clinic, slug: "clinique-du-meme-nom" },
    secretId,
    code: right === "123456" ? "654321" : "123456",
  };
}
