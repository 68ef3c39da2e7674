import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCatcherDoor } from "#infra/local/catcher/catcher-door.ts";
import { caughtFolder, keepCaught, listCaught } from "#infra/local/catcher/caught-store.ts";
import type { CaughtMessage } from "#infra/local/catcher/read-message.ts";
import { startCatcher } from "#infra/local/catcher/start-catcher.ts";

const dataDir = mkdtempSync(join(tmpdir(), "chevet-caught-"));
let catcher: Awaited<ReturnType<typeof startCatcher>>;
let web: Server;
let origin: string;

beforeAll(async () => {
  catcher = await startCatcher(0, dataDir);
  const door = createCatcherDoor(dataDir);
  web = createServer((request, response) => void (door(request, response) || response.writeHead(418).end()));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await catcher.stop();
  web.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const hostile = `<html><head><title>x</title></head><body><script>alert(1)</script><a href="https://exemple.quebec/a?b=c&d=e">Ouvrir</a></body></html>`;

async function sendOne(to: string): Promise<CaughtMessage> {
  const transport = createTransport({ host: "127.0.0.1", port: catcher.port, ignoreTLS: true });
  await transport.sendMail({
    from: "ne-pas-repondre@exemple.quebec",
    to,
    subject: "Été <b>à</b> Québec",
    text: "Voyez https://exemple.quebec/a?b=c&d=e",
    html: hostile,
  });
  const found = (await (
    await fetch(`${origin}/local/mail.json?to=${encodeURIComponent(to)}`)
  ).json()) as CaughtMessage[];
  return found[0] as CaughtMessage;
}

describe("the local mail catcher", () => {
  test("keeps what came over SMTP, and tells it to a browser test", async () => {
    const mail = await sendOne("zoe@exemple.quebec");
    expect(mail).toMatchObject({ kind: "mail", to: "zoe@exemple.quebec", subject: "Été <b>à</b> Québec" });
    expect(mail.links).toEqual(["https://exemple.quebec/a?b=c&d=e"]);
  });

  test("shows list, message, laid-out HTML, headers and source; what was caught never runs", async () => {
    const { id } = await sendOne("ada@exemple.quebec");
    const list = await fetch(`${origin}/local/mail`);
    expect(list.headers.get("content-security-policy")).toContain("default-src 'none'; style-src 'self'");
    expect(await list.text()).toContain("Été &#60;b&#62;à&#60;/b&#62; Québec");
    const message = await (await fetch(`${origin}/local/mail/${id}`)).text();
    expect(message).toContain(`sandbox="allow-popups allow-popups-to-escape-sandbox" src="/local/mail/${id}/html"`);
    expect(message).toContain('<th scope="row">message-id</th>');
    expect(message).not.toContain("<script");
    const html = await fetch(`${origin}/local/mail/${id}/html`);
    expect(html.headers.get("content-security-policy")).toMatch(/^default-src 'none'.*sandbox/);
    expect(await html.text()).toContain('<base target="_blank">');
    const source = await fetch(`${origin}/local/mail/${id}/source`);
    expect(source.headers.get("content-type")).toContain("text/plain");
    expect(await source.text()).toContain("Message-ID: <");
  });

  test("catches a text message beside the mail", async () => {
    const body = JSON.stringify({ to: "+15145550100", text: "Rendez-vous demain à 9 h" });
    const sent = await fetch(`${origin}/local/sms`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(sent.status).toBe(200);
    const page = await (await fetch(`${origin}/local/mail`)).text();
    expect(page).toContain("Texto : Rendez-vous demain à 9 h");
    const form = await fetch(`${origin}/local/sms`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body,
    });
    expect(form.status).toBe(404);
  });

  test("previews every template in both languages", async () => {
    const page = await (await fetch(`${origin}/local/mail/templates`)).text();
    const links = [...page.matchAll(/href="(\/local\/mail\/templates\/[^"]+)"/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(30);
    for (const link of links) expect((await fetch(`${origin}${link}`)).status).toBe(200);
  });

  test.each(["/local/mail/..%2f..%2fetc%2fpasswd", "/local/mail/nothing", "/local/mail/templates/nothing/0/fr/html"])(
    "%s is not there",
    async (path) => {
      expect((await fetch(`${origin}${path}`)).status).toBe(404);
    },
  );

  test("answers no other name than this machine's own", async () => {
    const { port } = web.address() as AddressInfo;
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      request({ host: "127.0.0.1", port, path: "/local/mail", headers: { host: "evil.example" } }, (response) =>
        resolve(response.statusCode),
      ).end();
    });
    expect(status).toBe(404);
  });

  test("leaves other addresses to the other doors", async () => {
    expect((await fetch(`${origin}/local/mailing`)).status).toBe(418);
  });

  test("refuses a mail that is too large", async () => {
    const transport = createTransport({ host: "127.0.0.1", port: catcher.port, ignoreTLS: true });
    await expect(
      transport.sendMail({ from: "a@exemple.quebec", to: "b@exemple.quebec", text: "x".repeat(3_000_000) }),
    ).rejects.toThrow();
  });

  test("keeps the newest two hundred and leaves no half file", async () => {
    for (let n = 0; n < 205; n += 1) await keepCaught(dataDir, "mail", Buffer.from(`Subject: ${n}\r\n\r\n`));
    expect(await listCaught(dataDir)).toHaveLength(200);
    expect(readdirSync(caughtFolder(dataDir))).toHaveLength(200);
  });
});
