import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SuperJSON } from "superjson";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lockSession } from "#server/auth/session/lock-session.ts";
import { closeDatabases } from "#server/db/database.ts";
import { disableIntegration } from "#server/integration/disable-integration.ts";
import { changeProvider } from "#server/integration/identity-provider/change-provider.ts";
import { setDoor } from "#server/integration/identity-provider/set-door.ts";
import { processNetwork } from "#server/outbound/network.ts";
import { oidcDoor } from "#server/web/oidc-door.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { addMembership, makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { anySubject, declarePlace, knownProvider, linkFor, openDoor, writeProvider } from "#tests/factories/oidc.ts";
import { givePassword, openFor } from "#tests/factories/person.ts";
import { type IdentityProvider, nameAtProvider, startIdentityProvider } from "#tests/servers/identity-provider.ts";
import { asAdmin } from "../as-admin.ts";
import { database } from "../setup.ts";

/** A clinic's own provider, a real one, through our real doors over HTTP. */
let idp: IdentityProvider;
let server: Server;
let base: string;
let clinic: TestClinic;
let member: TestMember;
let subject: string;

const sql = (text: string, values: unknown[]) =>
  asAdmin(database.adminUrl, (admin) => admin.query(text, values)).then(({ rows }) => rows);

beforeAll(async () => {
  idp = await startIdentityProvider();
  server = createServer(
    (request, response) =>
      void (oidcDoor(request, response) || trpcDoor(request, response) || response.writeHead(404).end()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clinic = await makeClinic();
  await openDoor(clinic, idp);
});
beforeEach(async () => {
  idp.forge(undefined);
  // All these browsers share one address.
  await sql("delete from queue.limit_counter", []);
  member = await makeMember(clinic, "assistant");
  subject = await linkFor(clinic, member.userId);
});
afterAll(async () => {
  await Promise.all([new Promise((resolve) => server.close(resolve)), idp.close()]);
  await closeDatabases();
});

/** A browser: it keeps our cookies, calls our procedures, and comes back from providers. */
function makeBrowser(token?: string) {
  const jar = new Map<string, string>();
  if (token) jar.set("chevet-staff", token);
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const keep = (response: Response) => {
    for (const one of response.headers.getSetCookie()) {
      const [pair = ""] = one.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  };
  async function call(path: string, input?: unknown, slug?: string): Promise<{ address: string }> {
    const response = await fetch(`${base}/api/${slug ? `clinic/${slug}/` : ""}trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://127.0.0.1:3000", cookie: cookie() },
      body: JSON.stringify(SuperJSON.serialize(input)),
    }).then(keep);
    const answer = await response.json();
    if (answer.error) throw new Error(answer.error.json.data.domain.key);
    return answer.result.data.json;
  }
  return {
    token: () => jar.get("chevet-staff"),
    /** Somebody else signs in here, or the person signs out. */
    sit(next: string | undefined) {
      jar.delete("chevet-staff");
      if (next) jar.set("chevet-staff", next);
    },
    signIn: (slug = clinic.slug, next = "") => call("auth.oidc.startSignIn", { slug, next }),
    link: (slug = clinic.slug) => call("auth.oidc.startLink", undefined, slug),
    unlock: () => call("auth.oidc.startUnlock"),
    /** Follows the provider back to us. @returns the path that we send the person on to. */
    async comeBack(url: URL): Promise<string> {
      expect(url.origin).toBe("http://127.0.0.1:3000");
      const response = await fetch(`${base}${url.pathname}${url.search}`, {
        redirect: "manual",
        headers: { cookie: cookie(), "sec-fetch-site": "cross-site", "sec-fetch-dest": "document" },
      }).then(keep);
      expect(response.status).toBe(303);
      return response.headers.get("location") ?? "";
    },
  };
}
type Browser = ReturnType<typeof makeBrowser>;

async function enter(as: string, browser: Browser = makeBrowser(), slug = clinic.slug): Promise<string> {
  const { address } = await browser.signIn(slug);
  return browser.comeBack(await idp.visit(address, as));
}
const refused = (location: string) => new URL(location, "http://x").searchParams.get("refus");
const tokenOf = (browser: Browser) => ({ token: browser.token() ?? "" });

describe("signing in through the clinic's provider", () => {
  it("opens that clinic and no other, and leaves the account alone", async () => {
    const other = await makeClinic();
    await addMembership(other, member.userId, member.email, "professional");
    const browser = makeBrowser();
    expect(await enter(subject, browser)).toBe(`/clinic/${clinic.slug}`);
    const me = await callerOf(tokenOf(browser), clinic).membership.me();
    expect(me.membership.id).toBe(member.membershipId);
    expect(await refusal(callerOf(tokenOf(browser), other).membership.me())).toMatchObject({ code: "NotFound" });
    expect((await callerOf(tokenOf(browser)).membership.mine()).map(({ slug }) => slug)).toEqual([clinic.slug]);
    expect(await refusal(callerOf(tokenOf(browser)).auth.oidc.links())).toMatchObject({ key: "signIn.confirmNeeded" });
    const [opened] = await sql(
      "select method, clinic_id, second_factor_at, confirmed_at < now() - interval '1 year' as unproven from identity.session where user_id = $1 and method = 'oidc'",
      [member.userId],
    );
    expect(opened).toMatchObject({ clinic_id: clinic.id, second_factor_at: null, unproven: true });
    const [line] = await sql(
      "select outcome, detail from identity.audit_event where user_id = $1 and clinic_id = $2 and event = 'session.opened'",
      [member.userId, clinic.id],
    );
    expect(line).toMatchObject({ outcome: "success", detail: { method: "oidc", newDevice: true } });
  });

  it("asks the provider for a subject alone, by code, with PKCE, a state and a nonce, and comes back to the configured origin", async () => {
    const { address } = await makeBrowser().signIn();
    const asked = Object.fromEntries(new URL(address).searchParams);
    expect(asked).toMatchObject({
      response_type: "code",
      scope: "openid",
      code_challenge_method: "S256",
      redirect_uri: `http://127.0.0.1:3000/api/oidc/${clinic.id}/callback`,
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked[name]).toMatch(/^[\w-]{43}$/);
  });

  it("goes back to where the person was in that clinic, and nowhere else", async () => {
    for (const [next, lands] of [
      [`/clinic/${clinic.slug}/journal?page=2`, `/clinic/${clinic.slug}/journal?page=2`],
      ["/clinic/une-autre", `/clinic/${clinic.slug}`],
      ["//ailleurs.example", `/clinic/${clinic.slug}`],
      [`/clinic/${clinic.slug}/\\ailleurs`, `/clinic/${clinic.slug}`],
    ] as const) {
      const browser = makeBrowser();
      const { address } = await browser.signIn(clinic.slug, next);
      expect(await browser.comeBack(await idp.visit(address, subject))).toBe(lands);
    }
  });

  it("ends the session whose cookie it replaces", async () => {
    const { token } = await openFor(member.userId);
    await enter(subject, makeBrowser(token));
    expect(await refusal(callerOf({ token }).membership.mine())).toMatchObject({ code: "Unauthenticated" });
  });

  it("is one factor: a clinic that asks for two still asks", async () => {
    const strict = await makeClinic();
    await openDoor(strict, idp);
    await sql("update identity.clinic_policy set require_second_factor = true where clinic_id = $1", [strict.id]);
    const browser = makeBrowser();
    const as = await linkFor(strict, strict.owner.userId);
    expect(await enter(as, browser, strict.slug)).toBe(`/clinic/${strict.slug}`);
    expect(await refusal(callerOf(tokenOf(browser), strict).membership.me())).toMatchObject({
      key: "secondFactorRequired",
    });
  });
});

describe("an address that comes back", () => {
  const sessions = () =>
    sql("select count(*)::int as n from identity.session where user_id = $1 and method = 'oidc'", [member.userId]).then(
      ([row]) => row.n,
    );

  it("serves once", async () => {
    const browser = makeBrowser();
    const { address } = await browser.signIn();
    const back = await idp.visit(address, subject);
    expect(await browser.comeBack(back)).toBe(`/clinic/${clinic.slug}`);
    expect(refused(await browser.comeBack(back))).toBe("expired");
    expect(await sessions()).toBe(1);
  });

  it("serves in the browser that asked, and a stranger's try does not spend it", async () => {
    const [mine, theirs] = [makeBrowser(), makeBrowser()];
    const { address } = await mine.signIn();
    await theirs.signIn();
    const back = await idp.visit(address, subject);
    expect(refused(await theirs.comeBack(back))).toBe("expired");
    expect(refused(await makeBrowser().comeBack(back))).toBe("expired");
    expect(await sessions()).toBe(0);
    expect(await mine.comeBack(back)).toBe(`/clinic/${clinic.slug}`);
  });

  it("serves for ten minutes", async () => {
    const browser = makeBrowser();
    const { address } = await browser.signIn();
    const back = await idp.visit(address, subject);
    await sql(
      "update identity.one_time_secret set expires_at = now() where purpose = 'oidc_state' and clinic_id = $1",
      [clinic.id],
    );
    expect(refused(await browser.comeBack(back))).toBe("expired");
  });

  it("serves the clinic that it was made for", async () => {
    const other = await makeClinic();
    await openDoor(other, idp);
    await addMembership(other, member.userId, member.email, "assistant");
    await linkFor(other, member.userId, subject);
    const browser = makeBrowser();
    const { address } = await browser.signIn();
    const back = await idp.visit(address, subject);
    back.pathname = `/api/oidc/${other.id}/callback`;
    expect(refused(await browser.comeBack(back))).toBe("expired");
    expect(await sessions()).toBe(0);
  });

  it("is refused when another issuer answers (RFC 9207), or none is named", async () => {
    for (const change of [
      (back: URL) => back.searchParams.set("iss", "https://ailleurs.example"),
      (back: URL) => back.searchParams.delete("iss"),
    ]) {
      const browser = makeBrowser();
      const { address } = await browser.signIn();
      const back = await idp.visit(address, subject);
      change(back);
      expect(refused(await browser.comeBack(back))).toBe("answerRefused");
    }
    expect(await sessions()).toBe(0);
  });

  it("with a code of another journey opens nothing (PKCE)", async () => {
    const [mine, theirs] = [makeBrowser(), makeBrowser()];
    const back = await idp.visit((await mine.signIn()).address, subject);
    const foreign = await idp.visit((await theirs.signIn()).address, subject);
    back.searchParams.set("code", foreign.searchParams.get("code") ?? "");
    expect(refused(await mine.comeBack(back))).toBe("answerRefused");
    expect(await sessions()).toBe(0);
  });

  it("says when the person refused, in the address of the door that they stood at", async () => {
    const browser = makeBrowser();
    const { address } = await browser.signIn();
    const location = await browser.comeBack(await idp.visit(address, null));
    expect(location).toMatch(new RegExp(`^/connexion\\?clinique=${clinic.slug}&refus=declined&demande=[0-9a-f-]{36}$`));
  });

  it("is for a browser's own window, read and nothing else", async () => {
    const path = `${base}/api/oidc/${clinic.id}/callback?state=x`;
    expect((await fetch(path, { method: "POST" })).status).toBe(405);
    expect((await fetch(path, { headers: { "sec-fetch-dest": "image" } })).status).toBe(403);
    expect((await fetch(`${base}/api/oidc/ailleurs/callback`)).status).toBe(404);
    expect((await fetch(`${path}&pad=${"x".repeat(5_000)}`)).status).toBe(414);
  });

  const strangersKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  it.each([
    ["signed by somebody else", (claims: object) => ({ claims: { ...claims }, key: strangersKey })],
    ["of a key that the provider does not have", (claims: object) => ({ claims: { ...claims }, kid: "autre" })],
    ["with another nonce", (claims: object) => ({ claims: { ...claims, nonce: "autre" } })],
    ["without a nonce", (claims: object) => ({ claims: { ...claims, nonce: undefined } })],
    ["for another audience", (claims: object) => ({ claims: { ...claims, aud: "autre" } })],
    ["of another issuer", (claims: object) => ({ claims: { ...claims, iss: "https://ailleurs.example" } })],
    ["that is over", (claims: object) => ({ claims: { ...claims, exp: Math.floor(Date.now() / 1000) - 120 } })],
    ["without a subject", (claims: object) => ({ claims: { ...claims, sub: "" } })],
  ])("with an ID token %s is refused", async (_what, forgery) => {
    idp.forge(forgery);
    expect(refused(await enter(subject))).toBe("answerRefused");
    expect(await sessions()).toBe(0);
    // The same forger, honest: the refusals were for what was forged.
    idp.forge((claims) => ({ claims }));
    expect(await enter(subject)).toBe(`/clinic/${clinic.slug}`);
  });

  it("with a sign-in of yesterday is refused: the workstation is shared", async () => {
    idp.forge((claims) => ({ claims: { ...claims, auth_time: Math.floor(Date.now() / 1000) - 86_400 } }));
    expect(refused(await enter(subject))).toBe("notFresh");
  });
});

describe("who is not let in", () => {
  it("a subject that nobody linked, whatever its e-mail, learns no more than one whose member left", async () => {
    const stranger = anySubject();
    nameAtProvider(stranger, member.email);
    const unknown = await enter(stranger);
    expect(refused(unknown)).toBe("notLinked");
    await sql(
      "update identity.membership set status = 'inactive', ended_at = now() where clinic_id = $1 and user_id = $2",
      [clinic.id, member.userId],
    );
    const bare = (location: string) => location.replace(/demande=.*/, "");
    expect(bare(await enter(subject))).toBe(bare(unknown));
    const gone = await makeMember(clinic, "assistant");
    const theirs = await linkFor(clinic, gone.userId);
    await sql(`update identity."user" set status = 'disabled' where id = $1`, [gone.userId]);
    expect(bare(await enter(theirs))).toBe(bare(unknown));
    const lines = await sql(
      "select user_id, detail from identity.audit_event where event = 'oidc.refused' and clinic_id = $1 and detail->>'reason' = 'notLinked'",
      [clinic.id],
    );
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines.every((line) => line.user_id === null && !JSON.stringify(line).includes(stranger))).toBe(true);
  });

  it("a subject that was linked in another clinic of the same provider", async () => {
    const other = await makeClinic();
    await openDoor(other, idp);
    expect(refused(await enter(subject, makeBrowser(), other.slug))).toBe("notLinked");
    await addMembership(other, member.userId, member.email, "assistant");
    expect(refused(await enter(subject, makeBrowser(), other.slug))).toBe("notLinked");
  });

  it("anybody, at a door that is shut, was never there, or is of a clinic that does not exist: alike", async () => {
    const shut = await makeClinic();
    await writeProvider(shut, idp);
    for (const slug of [shut.slug, (await makeClinic()).slug, "nulle-part-du-tout"]) {
      await expect(makeBrowser().signIn(slug)).rejects.toThrow("oidc.noDoor");
      expect(await callerOf({ token: "" }).auth.oidc.door({ slug })).toBeNull();
    }
    expect(await callerOf({ token: "" }).auth.oidc.door({ slug: clinic.slug })).toEqual({
      slug: clinic.slug,
      label: "Connexion de la clinique",
    });
  });

  it("somebody who knocks too often is slowed down", async () => {
    const caller = () =>
      callerOf({ token: "" })
        .auth.oidc.startSignIn({ slug: "nulle-part-du-tout", next: "" })
        .catch((error) => error.cause.code);
    const said: string[] = [];
    for (let n = 0; n < 125; n += 1) said.push(String(await caller()));
    expect(said.at(-1)).toBe("LimitReached");
  });
});

describe("a session that a provider opened", () => {
  async function opened(of: TestClinic = clinic, as = subject): Promise<Browser> {
    const browser = makeBrowser();
    expect(await enter(as, browser, of.slug)).toBe(`/clinic/${of.slug}`);
    await callerOf(tokenOf(browser), of).membership.me();
    return browser;
  }
  const isOver = async (browser: Browser) =>
    expect(await refusal(callerOf(tokenOf(browser)).auth.session.state())).toMatchObject({ code: "Unauthenticated" });

  it("ends with the place in the clinic, and does not come back with it", async () => {
    const browser = await opened();
    const { version } = await callerOf(clinic.owner, clinic).membership.deactivate({
      id: member.membershipId,
      version: 1,
    });
    await isOver(browser);
    await callerOf(clinic.owner, clinic).membership.reactivate({ id: member.membershipId, version });
    await isOver(browser);
  });

  it("ends with the door, by either switch, even if it opens again at once", async () => {
    for (const shut of [
      async (of: TestClinic) =>
        setDoor(of.owner.ctx, { version: (await knownProvider(of))?.version ?? 0, open: false }),
      async (of: TestClinic) => disableIntegration(of.owner.ctx, { code: "oidc", version: 1 }),
    ]) {
      const other = await makeClinic();
      await openDoor(other, idp);
      const as = await linkFor(other, other.owner.userId);
      const [quiet, asked] = [await opened(other, as), await opened(other, as)];
      await shut(other);
      await isOver(asked);
      await expect(makeBrowser().signIn(other.slug)).rejects.toThrow("oidc.noDoor");
      await declarePlace(other);
      await setDoor(other.owner.ctx, { version: (await knownProvider(other))?.version ?? 0, open: true });
      await isOver(asked);
      await isOver(quiet);
    }
  });

  it("does not finish at a door that was shut on the way", async () => {
    const other = await makeClinic();
    await openDoor(other, idp);
    const as = await linkFor(other, other.owner.userId);
    const browser = makeBrowser();
    const back = await idp.visit((await browser.signIn(other.slug)).address, as);
    await setDoor(other.owner.ctx, { version: (await knownProvider(other))?.version ?? 0, open: false });
    expect(refused(await browser.comeBack(back))).toBe("noDoor");
  });

  it("ends when the provider is replaced, and links of the one before open nothing", async () => {
    const other = await makeClinic();
    await openDoor(other, idp);
    const as = await linkFor(other, other.owner.userId);
    const browser = await opened(other, as);
    const second = await startIdentityProvider();
    try {
      const moved = await writeProvider(other, second);
      expect(moved).toMatchObject({ enabled: false, issuer: second.issuer });
      await isOver(browser);
      // Another issuer is another recipient: its place is declared anew (AC-05).
      await expect(setDoor(other.owner.ctx, { version: moved.version, open: true })).rejects.toMatchObject({
        key: "integration.off",
      });
      await openDoor(other, second);
      const stranger = makeBrowser();
      const { address } = await stranger.signIn(other.slug);
      expect(refused(await stranger.comeBack(await second.visit(address, as)))).toBe("notLinked");
    } finally {
      await second.close();
    }
  });

  it("wakes at the provider for its own person, with a fresh sign-in, and proves nothing more by it", async () => {
    const browser = await opened();
    const { token } = tokenOf(browser);
    const sleep = () =>
      sql("update identity.session set locked_at = now() where method = 'oidc' and user_id = $1", [member.userId]);
    await sleep();
    expect(await callerOf({ token }).auth.session.proofs()).toMatchObject({
      password: false,
      passkey: false,
      provider: "Connexion de la clinique",
    });
    const colleague = await linkFor(clinic, (await makeMember(clinic, "assistant")).userId);
    const wake = async (as: string, by: Browser = browser) => {
      const { address } = await browser.unlock();
      return by.comeBack(await idp.visit(address, as));
    };
    expect(refused(await wake(colleague))).toBe("otherSession");
    idp.forge((claims) => ({ claims: { ...claims, auth_time: undefined } }));
    expect(refused(await wake(subject))).toBe("notFresh");
    idp.forge(undefined);
    expect(await callerOf({ token }).auth.session.state()).toMatchObject({ locked: true });
    expect(await wake(subject)).toBe("/connexion/retour");
    expect(await callerOf({ token }).auth.session.state()).toMatchObject({ locked: false });
    expect(await refusal(callerOf({ token }).auth.oidc.links())).toMatchObject({ key: "signIn.confirmNeeded" });
  });

  it("once woken at the provider, has forgotten the proof that its person gave before it slept", async () => {
    const password = await givePassword(member.userId);
    const browser = await opened();
    const { token } = tokenOf(browser);
    await callerOf({ token }).auth.session.confirm({ proof: { password } });
    expect(await callerOf({ token }).auth.oidc.links()).toHaveLength(1);
    await callerOf({ token }).auth.session.lock();
    const { address } = await browser.unlock();
    expect(await browser.comeBack(await idp.visit(address, subject))).toBe("/connexion/retour");
    expect(await refusal(callerOf({ token }).auth.oidc.links())).toMatchObject({ key: "signIn.confirmNeeded" });
  });

  it("is woken by the person's own password too", async () => {
    const password = await givePassword(member.userId);
    const { token } = tokenOf(await opened());
    await callerOf({ token }).auth.session.lock();
    await callerOf({ token }).auth.session.unlock({ proof: { password } });
    expect(await callerOf({ token }).auth.session.state()).toMatchObject({ locked: false });
  });

  it("is not woken through a provider that did not open it", async () => {
    const { token } = await openFor(member.userId);
    await callerOf({ token }).auth.session.lock();
    await expect(makeBrowser(token).unlock()).rejects.toThrow("oidc.noDoor");
  });
});

describe("a link", () => {
  let person: TestMember;
  beforeEach(async () => {
    person = await makeMember(clinic, "professional");
  });
  const link = async (browser: Browser, as: string) =>
    browser.comeBack(await idp.visit((await browser.link()).address, as));

  it("is made by a person who is signed in by their own means, journaled, mailed, used and cut", async () => {
    const browser = makeBrowser(person.token);
    const as = anySubject();
    expect(await link(browser, as)).toBe("/compte/securite?lien=fait");
    expect(browser.token()).toBe(person.token);
    const [mine] = await callerOf(person).auth.oidc.links();
    expect(mine).toMatchObject({ slug: clinic.slug, label: "Connexion de la clinique", lastUsedAt: null });

    const visitor = makeBrowser();
    expect(await enter(as, visitor)).toBe(`/clinic/${clinic.slug}`);
    expect((await callerOf(person).auth.oidc.links())[0]?.lastUsedAt).toBeInstanceOf(Date);

    await callerOf(person, clinic).auth.oidc.unlink();
    expect(await refusal(callerOf(tokenOf(visitor)).auth.session.state())).toMatchObject({ code: "Unauthenticated" });
    expect(refused(await enter(as))).toBe("notLinked");
    expect(await refusal(callerOf(person, clinic).auth.oidc.unlink())).toMatchObject({ code: "NotFound" });
    const events = await sql(
      "select event from identity.audit_event where user_id = $1 and event like 'oidc.%' order by id",
      [person.userId],
    );
    expect(events.map(({ event }) => event)).toEqual(["oidc.linked", "oidc.unlinked"]);
    const [{ mails }] = await sql(
      "select count(*)::int as mails from queue.delivery d join identity.audit_event e on d.subject->>'eventId' = e.id::text where e.user_id = $1 and e.event like 'oidc.%'",
      [person.userId],
    );
    expect(mails).toBe(2);
  });

  it("asks for a recent proof, to be made and to be cut", async () => {
    await sql("update identity.session set confirmed_at = now() - interval '11 minutes' where user_id = $1", [
      person.userId,
    ]);
    await expect(makeBrowser(person.token).link()).rejects.toThrow("signIn.confirmNeeded");
    expect(await refusal(callerOf(person, clinic).auth.oidc.unlink())).toMatchObject({ key: "signIn.confirmNeeded" });
  });

  it("is never made or cut in a session that the provider opened, even one proved since", async () => {
    const password = await givePassword(member.userId);
    const browser = makeBrowser();
    await enter(subject, browser);
    await callerOf(tokenOf(browser)).auth.session.confirm({ proof: { password } });
    await expect(browser.link()).rejects.toThrow("oidc.ownMeansOnly");
    expect(await refusal(callerOf(tokenOf(browser), clinic).auth.oidc.unlink())).toMatchObject({
      key: "oidc.ownMeansOnly",
    });
  });

  it("binds one subject to one person, and one person to one subject", async () => {
    const browser = makeBrowser(person.token);
    expect(refused(await link(browser, subject))).toBe("taken");
    const as = anySubject();
    expect(await link(browser, as)).toBe("/compte/securite?lien=fait");
    expect(refused(await link(browser, as))).toBe("alreadyLinked");
    expect(refused(await link(browser, anySubject()))).toBe("alreadyLinked");
    expect(await enter(subject)).toBe(`/clinic/${clinic.slug}`);
  });

  it("is made once when two people bring one subject at the same moment", async () => {
    const rival = await makeMember(clinic, "professional");
    const as = anySubject();
    const both = await Promise.all(
      [person, rival].map(async ({ token }) => {
        const browser = makeBrowser(token);
        return { browser, back: await idp.visit((await browser.link()).address, as) };
      }),
    );
    const ends = await Promise.all(both.map(({ browser, back }) => browser.comeBack(back)));
    expect(ends.map(refused).sort()).toEqual(["taken", null].sort());
  });

  it("belongs to the session that began it: not to whoever sits there when the provider answers", async () => {
    const other = await makeMember(clinic, "professional");
    for (const then of [other.token, (await openFor(person.userId)).token, undefined]) {
      const browser = makeBrowser(person.token);
      const back = await idp.visit((await browser.link()).address, anySubject());
      browser.sit(then);
      expect(refused(await browser.comeBack(back))).toBe("otherSession");
    }
    const browser = makeBrowser(person.token);
    const back = await idp.visit((await browser.link()).address, anySubject());
    await lockSession(person.ctx);
    expect(refused(await browser.comeBack(back))).toBe("otherSession");
  });
});

describe("setting a provider up", () => {
  const input = (over: object = {}) => ({
    version: null,
    label: "Connexion",
    issuer: idp.issuer,
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
    ...over,
  });

  it("keeps the secret sealed and never gives it back", async () => {
    const fresh = await makeClinic();
    const { issuer, clientId, clientSecret } = idp;
    await callerOf(fresh.owner, fresh).integration.provider.change(input());
    const read = await callerOf(fresh.owner, fresh).integration.provider.read();
    expect(read.provider).toMatchObject({ issuer, clientId, hasSecret: true, enabled: false, version: 1 });
    expect(JSON.stringify(read)).not.toContain(clientSecret);
    const [row] = await sql("select * from identity.oidc_provider where clinic_id = $1", [fresh.id]);
    expect(row.sealed_client_secret.includes(Buffer.from(clientSecret))).toBe(false);
    // Empty keeps it; another client starts without one.
    const renamed = await changeProvider(fresh.owner.ctx, input({ version: 1, label: "Autre", clientSecret: "" }));
    expect(renamed).toMatchObject({ hasSecret: true, version: 2 });
    const moved = await changeProvider(fresh.owner.ctx, input({ version: 2, clientId: "autre", clientSecret: "" }));
    expect(moved.hasSecret).toBe(false);
    const lines = await sql(
      "select event, detail from clinic.audit_event where clinic_id = $1 and event like 'identity-provider.%'",
      [fresh.id],
    );
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain(clientSecret);
  });

  it("tells the second of two tabs, whoever it is", async () => {
    const fresh = await makeClinic();
    const change = (over: object) => callerOf(fresh.owner, fresh).integration.provider.change(input(over));
    await change({});
    expect(await refusal(change({ label: "Deux fois" }))).toMatchObject({
      key: "stale",
      details: { current: { label: "Connexion", version: 1 } },
    });
    await change({ version: 1, label: "Premier" });
    expect(await refusal(change({ version: 1, label: "Second" }))).toMatchObject({
      key: "stale",
      details: { current: { label: "Premier", version: 2 }, changedBy: "Maude Lavallée" },
    });
  });

  it("needs TLS, a recent proof, and the register's consent before the door opens", async () => {
    const fresh = await makeClinic();
    const caller = callerOf(fresh.owner, fresh);
    expect(
      await refusal(caller.integration.provider.change(input({ issuer: "http://idp.clinique.example" }))),
    ).toMatchObject({ fields: { issuer: "oidc.issuerHttps" } });
    const { version } = await writeProvider(fresh, idp);
    expect(await refusal(caller.integration.provider.setDoor({ version, open: true }))).toMatchObject({
      key: "integration.off",
    });
    await sql("update identity.session set confirmed_at = now() - interval '1 hour' where user_id = $1", [
      fresh.owner.userId,
    ]);
    expect(await refusal(caller.integration.provider.change(input({ version })))).toMatchObject({
      key: "signIn.confirmNeeded",
    });
    expect(await refusal(caller.integration.provider.setDoor({ version, open: false }))).toMatchObject({
      key: "signIn.confirmNeeded",
    });
  });

  it("does not open a door onto a provider that does not answer, and says so at the sign-in too", async () => {
    const fresh = await makeClinic();
    const dead = await startIdentityProvider();
    await openDoor(fresh, dead);
    await dead.close();
    await expect(makeBrowser().signIn(fresh.slug)).rejects.toThrow("oidc.unreachable");
    const version = (await knownProvider(fresh))?.version ?? 0;
    await expect(setDoor(fresh.owner.ctx, { version, open: true })).rejects.toMatchObject({ key: "oidc.unreachable" });
  });

  it("sends nobody to a page without TLS, whatever the provider's metadata say", async () => {
    const fresh = await makeClinic();
    await openDoor(fresh, idp);
    const lying = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ issuer, ...said, authorization_endpoint: endpoint }));
    });
    await new Promise<void>((resolve) => lying.listen(0, "127.0.0.1", resolve));
    const place = `127.0.0.1:${(lying.address() as AddressInfo).port}`;
    const issuer = `http://${place}`;
    const said = { token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` };
    (processNetwork().allowPrivate as Set<string>).add(place);
    await sql("update identity.oidc_provider set issuer = $2 where clinic_id = $1", [fresh.id, issuer]);
    let endpoint = "";
    for (endpoint of ["http://idp.clinique.example/authorize", "https://moi:mot@idp.clinique.example/", "javascript:1"])
      await expect(makeBrowser().signIn(fresh.slug)).rejects.toThrow("oidc.notPublic");
    endpoint = `${issuer}/authorize`;
    expect((await makeBrowser().signIn(fresh.slug)).address).toContain(endpoint);
    lying.close();
  });

  it.each([
    ["nothing, for one that is right", {}, []],
    ["a wrong secret", { clientSecret: "un-autre-secret" }, ["clientRefused"]],
    ["an unknown client", { clientId: "inconnu" }, ["clientRefused"]],
    ["a machine of the inside", { issuer: "https://127.0.0.1:1" }, ["notPublic"]],
    ["the cloud's metadata service", { issuer: "https://169.254.169.254" }, ["notPublic"]],
  ])("« Vérifier » finds %s", async (_what, over, findings) => {
    const { version: _, label: __, ...asked } = input(over);
    const check = await callerOf(clinic.owner, clinic).integration.provider.verify(asked);
    expect(check.findings).toEqual(findings);
  });

  it("« Vérifier » tells an issuer by another name, and a place that is no provider", async () => {
    const verify = (issuer: string) =>
      callerOf(clinic.owner, clinic).integration.provider.verify({ issuer, clientId: "x", clientSecret: "y" });
    expect((await verify(`${idp.issuer}/nulle-part`)).findings).toEqual(["notProvider"]);
    // What people paste: the discovery document's own address.
    expect((await verify(`${idp.issuer}/.well-known/openid-configuration`)).findings).toEqual(["clientRefused"]);
  });

  it("sends the kept secret to the provider that it was given for, and to no other", async () => {
    const { findings } = await callerOf(clinic.owner, clinic).integration.provider.verify({
      issuer: idp.issuer,
      clientId: idp.clientId,
      clientSecret: "",
    });
    expect(findings).toEqual([]);
  });
});
