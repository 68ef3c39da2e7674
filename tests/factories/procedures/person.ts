import { randomBytes } from "node:crypto";
import { generate } from "otplib";
import { askEmailChange } from "#server/auth/account/ask-email-change.ts";
import { registerPasskey } from "#server/auth/passkey/register-passkey.ts";
import { startProof } from "#server/auth/passkey/start-proof.ts";
import { startRegistration } from "#server/auth/passkey/start-registration.ts";
import { openSession } from "#server/auth/session/open-session.ts";
import { confirmTotp } from "#server/auth/totp/confirm-totp.ts";
import { startTotp } from "#server/auth/totp/start-totp.ts";
import { needEnv } from "#server/env.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { mailedInvitation } from "#tests/factories/invitation.ts";
import { givePassword, randomPassword } from "#tests/factories/person.ts";
import { readCode, signUpForm } from "#tests/factories/sign-up.ts";
import { makeSoftPasskey } from "#tests/factories/soft-passkey.ts";
import type { Factory, Scene } from "./factory.ts";

const nothing: Factory = async () => undefined;

/** Procedures of a person in no clinic: the scene's member calls them about their own account. */
export const personFactories: Readonly<Record<string, Factory>> = {
  "auth.account.updateProfile": async () => ({ displayName: "Lou Gagnon-Nuñez", locale: "fr" }),
  "auth.account.askEmailChange": async () => ({ email: freshAddress() }),
  "auth.account.changeEmail": async ({ member }) => {
    const { secretId } = await askEmailChange(member.ctx, freshAddress());
    return { secretId, code: await readCode(secretId) };
  },
  "auth.account.traces": async () => ({}),
  "auth.passkey.list": nothing,
  "auth.passkey.startRegistration": nothing,
  "auth.passkey.register": async (scene) => (await newPasskey(scene)).input,
  "auth.passkey.rename": async (scene) => ({ id: (await keptPasskey(scene)).id, label: "Clé du bureau" }),
  "auth.passkey.revoke": async (scene) => {
    // The last way in cannot be taken away.
    await keptPasskey(scene);
    return { id: (await keptPasskey(scene)).id };
  },
  "auth.password.change": async () => ({ password: randomPassword() }),
  "auth.session.state": nothing,
  "auth.session.proofs": nothing,
  "auth.session.startProof": nothing,
  "auth.session.unlock": password,
  "auth.session.confirm": password,
  "auth.session.passSecondFactor": async (scene) => {
    const { passkey } = await keptPasskey(scene);
    return { proof: { assertion: passkey.sign(await startProof(scene.member.ctx)) } };
  },
  "auth.session.touch": nothing,
  "auth.session.lock": nothing,
  "auth.session.list": nothing,
  "auth.session.revoke": async ({ member }) => ({
    sessionId: (
      await openSession(member.ctx, {
        userId: member.userId,
        realm: "staff",
        method: "password",
        secondFactor: false,
        newDevice: false,
      })
    ).id,
  }),
  "auth.session.revokeOthers": nothing,
  "auth.totp.read": nothing,
  "auth.totp.start": nothing,
  "auth.totp.confirm": async ({ member }) => {
    const { secret } = await startTotp(member.ctx);
    return { code: await generate({ secret: secret.replaceAll(" ", "") }) };
  },
  "auth.totp.renewRecoveryCodes": enrolled,
  "auth.totp.disable": enrolled,
  "invitation.joinSignedIn": async ({ member }) => ({
    token: (await mailedInvitation(await makeClinic(), member.email)).token,
  }),
  "membership.mine": nothing,
  "signUp.person": nothing,
  "signUp.openAnother": async () => {
    const { clinic, terms } = signUpForm();
    return { clinic, terms };
  },
};

const freshAddress = () => `${randomBytes(5).toString("hex")}@personne.example`;

async function password({ member }: Scene) {
  return { proof: { password: await givePassword(member.userId) } };
}

async function newPasskey({ member }: Scene) {
  const passkey = makeSoftPasskey(needEnv("CHEVET_ORIGIN"));
  const attestation = passkey.register(await startRegistration(member.ctx));
  return { passkey, input: { attestation, label: "Téléphone" } };
}

async function keptPasskey(scene: Scene) {
  const { passkey, input } = await newPasskey(scene);
  const { attestation, label } = input;
  const { id } = await registerPasskey(scene.member.ctx, {
    attestation: { ...attestation, clientExtensionResults: {} },
    label,
  });
  return { passkey, id };
}

async function enrolled({ member }: Scene): Promise<undefined> {
  const { secret } = await startTotp(member.ctx);
  await confirmTotp(member.ctx, await generate({ secret: secret.replaceAll(" ", "") }));
}
