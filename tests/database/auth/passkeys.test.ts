import { afterAll, describe, expect, it } from "vitest";
import { listPasskeys } from "#server/auth/passkey/list-passkeys.ts";
import { registerPasskey } from "#server/auth/passkey/register-passkey.ts";
import { renamePasskey } from "#server/auth/passkey/rename-passkey.ts";
import { revokePasskey } from "#server/auth/passkey/revoke-passkey.ts";
import { attestation } from "#server/auth/passkey/schema.ts";
import { signInWithPasskey } from "#server/auth/passkey/sign-in-with-passkey.ts";
import { startProof } from "#server/auth/passkey/start-proof.ts";
import { startRegistration } from "#server/auth/passkey/start-registration.ts";
import { startPasskeySignIn } from "#server/auth/passkey/start-sign-in.ts";
import { readSession } from "#server/auth/read-session.ts";
import { lockSession } from "#server/auth/session/lock-session.ts";
import { unlockSession } from "#server/auth/session/unlock-session.ts";
import { closeDatabases } from "#server/db/database.ts";
import { fromSomewhere, makePerson, openFor, strangeDevice } from "#tests/factories/person.ts";
import { makeSoftPasskey, type SoftPasskey } from "#tests/factories/soft-passkey.ts";
import { asAdmin } from "../as-admin.ts";
import { database } from "../setup.ts";

afterAll(closeDatabases);

const origin = "http://127.0.0.1:3000";

async function withPasskey() {
  const person = await makePerson();
  const opened = await openFor(person.id);
  const key = makeSoftPasskey(origin);
  const ctx = await opened.ctx();
  const { id } = await registerPasskey(ctx, {
    attestation: attestation.parse(key.register(await startRegistration(ctx))),
    label: "Portable",
  });
  return { person, opened, key, id };
}

async function signIn(key: SoftPasskey, lie?: Parameters<SoftPasskey["sign"]>[1], realm: "staff" | "host" = "staff") {
  const ctx = fromSomewhere();
  const assertion = key.sign(await startPasskeySignIn(ctx), lie) as Parameters<
    typeof signInWithPasskey
  >[1]["assertion"];
  return signInWithPasskey(ctx, { assertion, realm, device: strangeDevice() });
}

const keyOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "opened",
    (error) => error.key ?? String(error),
  );

describe("a passkey", () => {
  it("opens a session by itself, and counts as both factors", async () => {
    const { person, key } = await withPasskey();
    const answer = await signIn(key);
    if (answer.kind !== "opened") throw new Error("a session was expected");
    const read = await readSession(answer.session.token, "staff");
    expect(read).toMatchObject({ user: { id: person.id }, session: { method: "passkey" } });
    expect(read?.session.secondFactorAt).not.toBeNull();
  });

  it("is refused from another site, without its user, with a bad signature, or twice", async () => {
    const { key } = await withPasskey();
    expect(await keyOf(signIn(key, { origin: "http://127.0.0.1:4000" }))).toBe("signIn.passkeyRefused");
    expect(await keyOf(signIn(key, { rpId: "evil.example" }))).toBe("signIn.passkeyRefused");
    expect(await keyOf(signIn(key, { userVerified: false }))).toBe("signIn.passkeyRefused");
    expect(await keyOf(signIn(makeSoftPasskey(origin)))).toBe("signIn.passkeyRefused");
    const ctx = fromSomewhere();
    const assertion = key.sign(await startPasskeySignIn(ctx)) as Parameters<typeof signInWithPasskey>[1]["assertion"];
    const forged = {
      ...assertion,
      response: {
        ...assertion.response,
        signature: makeSoftPasskey(origin).sign({ challenge: "x" }).response.signature,
      },
    };
    expect(await keyOf(signInWithPasskey(ctx, { assertion: forged, realm: "staff", device: strangeDevice() }))).toBe(
      "signIn.passkeyRefused",
    );
    // The challenge was spent by the forged try: the honest answer to it comes too late.
    expect(await keyOf(signInWithPasskey(ctx, { assertion, realm: "staff", device: strangeDevice() }))).toBe(
      "signIn.stepExpired",
    );
  });

  it("betrays a copy of itself by its counter", async () => {
    const { key, person } = await withPasskey();
    expect(await keyOf(signIn(key, { counter: 5 }))).toBe("opened");
    expect(await keyOf(signIn(key, { counter: 5 }))).toBe("signIn.passkeyRefused");
    expect(await keyOf(signIn(key, { counter: 6 }))).toBe("opened");
    const { rows } = await asAdmin(database.adminUrl, (admin) =>
      admin.query(
        "select count(*)::int as n from identity.audit_event where user_id = $1 and event = 'passkey.cloned'",
        [person.id],
      ),
    );
    expect(rows[0].n).toBe(1);
  });

  it("opens nothing once removed, and is renamed and removed by its owner alone", async () => {
    const { opened, key, id } = await withPasskey();
    const stranger = await (await openFor((await makePerson()).id)).ctx();
    await expect(renamePasskey(stranger, { id, label: "Volée" })).rejects.toMatchObject({ code: "NotFound" });
    await expect(revokePasskey(stranger, id)).rejects.toMatchObject({ code: "NotFound" });
    await renamePasskey(await opened.ctx(), { id, label: "Clé du bureau" });
    expect(await listPasskeys(await opened.ctx())).toMatchObject([{ label: "Clé du bureau", backedUp: false }]);
    await revokePasskey(await opened.ctx(), id);
    expect(await listPasskeys(await opened.ctx())).toEqual([]);
    expect(await keyOf(signIn(key))).toBe("signIn.passkeyRefused");
  });

  it("stays while it is the only way in", async () => {
    const { person, opened, id } = await withPasskey();
    await asAdmin(database.adminUrl, (admin) =>
      admin.query(`update identity."user" set password_hash = null where id = $1`, [person.id]),
    );
    await expect(revokePasskey(await opened.ctx(), id)).rejects.toMatchObject({ key: "signIn.lastWayIn" });
  });

  it("wakes its own person's session, and nobody else's", async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    await lockSession(await mine.opened.ctx());
    const ctx = await mine.opened.ctx();
    const options = await startProof(ctx);
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([mine.key.id]);
    type Proof = Parameters<typeof unlockSession>[1];
    await expect(unlockSession(ctx, { assertion: theirs.key.sign(options) } as Proof)).rejects.toMatchObject({
      key: "signIn.passkeyRefused",
    });
    await unlockSession(ctx, { assertion: mine.key.sign(await startProof(ctx)) } as Proof);
    expect((await mine.opened.ctx()).session.locked).toBe(false);
  });

  it("made for one person is not taken from another's ceremony, nor a sign-in's challenge for a registration", async () => {
    const [one, two] = [
      await (await openFor((await makePerson()).id)).ctx(),
      await (await openFor((await makePerson()).id)).ctx(),
    ];
    const made = attestation.parse(makeSoftPasskey(origin).register(await startRegistration(one)));
    await expect(registerPasskey(two, { attestation: made, label: "x" })).rejects.toMatchObject({
      key: "signIn.stepExpired",
    });
    const other = attestation.parse(makeSoftPasskey(origin).register(await startPasskeySignIn(fromSomewhere())));
    await expect(registerPasskey(one, { attestation: other, label: "x" })).rejects.toMatchObject({
      key: "signIn.stepExpired",
    });
  });

  it("opens the host's console to operators only", async () => {
    const { key, person } = await withPasskey();
    expect(await keyOf(signIn(key, {}, "host"))).toBe("signIn.passkeyRefused");
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("insert into host.operator (user_id) values ($1)", [person.id]),
    );
    expect(await keyOf(signIn(key, {}, "host"))).toBe("opened");
  });
});
