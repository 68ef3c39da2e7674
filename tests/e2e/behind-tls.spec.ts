import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { freePort } from "#infra/local/free-port.ts";
import { fromRoot, root } from "#infra/local/paths.ts";
import { waitServed } from "#infra/local/wait-served.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { makePerson } from "#tests/factories/person.ts";
import { startTlsTerminator, type TlsTerminator } from "#tests/servers/tls-terminator.ts";
import { adminUrl } from "./instance-database.ts";

/** A second web process of the same instance, as a service is run: a public https address, behind a proxy that ends TLS. */
let web: ChildProcess;
let proxy: TlsTerminator;
let origin: string;

test.use({ ignoreHTTPSErrors: true });

test.beforeAll(async () => {
  const port = await freePort();
  proxy = await startTlsTerminator(() => port, "203.0.113.7");
  origin = `https://localhost:${proxy.port}`;
  // Beside the other logs, which are searched at the end.
  const log = openSync(join(process.env.CHEVET_E2E_DATA_DIR ?? "", "logs", "behind-tls.log"), "a");
  web = spawn(process.execPath, [fromRoot("dist/web.js")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "debug",
      CHEVET_ORIGIN: origin,
      CHEVET_LOCAL: "0",
      TRUSTED_PROXIES: "127.0.0.1",
      PORT: String(port),
    },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  await waitServed(`http://127.0.0.1:${port}/health/ready`, 50_000, () =>
    web.exitCode === null ? undefined : new Error("the web process ended"),
  );
});
test.afterAll(async () => {
  await proxy.stop();
  const ended = new Promise((resolve) => web.once("exit", resolve));
  web.kill("SIGTERM");
  await ended;
});

/** Pages, doors, files, refusals and faults: whatever this process can say. */
const answers: [string, string, Record<string, string>, string?][] = [
  ["GET", "/", {}],
  ["GET", "/connexion", {}],
  ["GET", "/nothing/at/all", {}],
  ["GET", "/health/live", {}],
  ["GET", "/health/ready", {}],
  ["GET", "/robots.txt", {}],
  ["GET", "/icon.svg", {}],
  ["GET", "/_next/static/nothing.js", {}],
  ["GET", "/api/nothing", {}],
  ["GET", "/api/auth/csrf", {}],
  ["GET", "/api/trpc/nothing", {}],
  ["GET", "/api/host/trpc/nothing", {}],
  ["GET", "/api/clinic/nulle-part/journal.csv", {}],
  ["GET", "/api/clinic/nulle-part/files/01a20ca4-1e8f-77c7-9c4c-a41481815c26", {}],
  ["GET", `/api/trpc/${Array(13).fill("a.b").join(",")}`, {}],
  ["POST", "/api/trpc/a.b", { origin: "https://ailleurs.example", "content-type": "application/json" }, "{}"],
  ["POST", "/api/auth/callback/x", { "content-type": "application/x-www-form-urlencoded" }, "a=b"],
  ["PUT", "/api/clinic/nulle-part/logo", { "content-type": "text/plain" }, "x"],
  ["DELETE", "/", {}],
  ["GET", "/local/mail", {}],
];

for (const [method, path, headers, data] of answers) {
  test(`${method} ${path.slice(0, 60)} carries the policies`, async ({ request }) => {
    const answer = await request.fetch(`${origin}${path}`, { method, headers, data, maxRedirects: 0 });
    const of = (name: string) => answer.headersArray().filter((header) => header.name.toLowerCase() === name);
    for (const name of [
      "content-security-policy",
      "strict-transport-security",
      "x-content-type-options",
      "referrer-policy",
      "permissions-policy",
      "cross-origin-opener-policy",
      "cross-origin-resource-policy",
      "x-frame-options",
    ]) {
      expect(of(name), name).toHaveLength(1);
    }
    const [policy] = of("content-security-policy");
    expect(policy?.value).toMatch(/^default-src 'none';/);
    expect(policy?.value).toContain("frame-ancestors 'none'");
    expect(policy?.value).not.toMatch(/https?:|\*/);
    expect(of("strict-transport-security")[0]?.value).toBe("max-age=63072000");
    expect(of("x-powered-by")).toEqual([]);
    expect(answer.status()).toBeLessThan(500);
  });
}

test("caught mail is not served where the house is public", async ({ request }) => {
  expect((await request.get(`${origin}/local/mail`)).status()).toBe(404);
});

test("cookies are bound to this very origin, and the caller's address is the proxy's word", async ({
  page,
  context,
}) => {
  const person = await makePerson();
  await context.setExtraHTTPHeaders({ "x-forwarded-for": "198.51.100.66" });
  await page.goto(`${origin}/connexion?suite=/compte/securite`, { waitUntil: "networkidle" });
  await page.getByLabel("Courriel").fill(person.email);
  await page.getByRole("button", { name: "Continuer", exact: true }).click();
  await page.getByLabel("Mot de passe", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Ouvrir la session" }).click();
  await page.waitForURL(({ pathname }) => pathname === "/compte/securite");
  const secret = (await context.cookies()).filter(({ httpOnly }) => httpOnly);
  expect(secret.map(({ name }) => name)).toContain("__Host-chevet-staff");
  for (const cookie of secret) {
    expect(cookie.name).toMatch(/^__Host-chevet-/);
    expect(cookie).toMatchObject({ secure: true, path: "/", domain: "localhost", sameSite: "Lax" });
  }
  // The caller claimed another address, to the left of what the trusted proxy wrote.
  const sessions = await asAdmin(adminUrl, (admin) =>
    admin.query("select s::text as row from identity.session s where user_id = $1", [person.id]),
  );
  expect(sessions.rows).toHaveLength(1);
  expect(sessions.rows[0].row).toContain("203.0.113");
  expect(sessions.rows[0].row).not.toContain("198.51.100");
});
