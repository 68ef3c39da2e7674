import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { base, listPage, messagePage, style, templatesPage } from "./catcher-pages.ts";
import { keepCaught, readCaught } from "./caught-store.ts";
import { isLoopback, isLoopbackName } from "./loopback.ts";
import { readMessage, readMessages } from "./read-message.ts";
import { readTemplate, templateList } from "./read-template.ts";

/** Where the carrier of local mode takes a text message. */
export const smsPath = "/local/sms";
const smsShape = z.strictObject({ to: z.string().max(40), text: z.string().max(2000) });

type Language = "fr" | "en";
type Answer = { type: string; body: string | Buffer; policy?: string } | undefined;

const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** What was caught is somebody's HTML: no script, nothing loaded, an origin of its own, links open elsewhere. */
const caughtPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * Shows what was caught, under /local/mail, to this machine only. The web process opens it in local mode; it also looks at both ends of each call, so that
 * neither a wrong setting nor another site's page (DNS rebinding) reads a caught mail.
 */
export function createCatcherDoor(dataDir: string) {
  return function catcherDoor(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? "/", "http://local");
    const toRead = url.pathname === base || url.pathname === `${base}.json` || url.pathname.startsWith(`${base}/`);
    if (!toRead && url.pathname !== smsPath) return false;
    const local = isLoopback(request.socket.remoteAddress) && isLoopbackName(request.headers.host);
    if (!local || request.method !== (toRead ? "GET" : "POST")) {
      response.writeHead(404).end();
      return true;
    }
    const work = toRead ? answer(dataDir, url, languageOf(request)) : catchSms(dataDir, request);
    work.then(
      (found) => send(response, found),
      () => response.writeHead(500).end(),
    );
    return true;
  };
}

/** A text message carrier of the simplest kind: JSON with `to` and `text`. A browser's page cannot post that here without asking first. */
async function catchSms(dataDir: string, request: IncomingMessage): Promise<Answer> {
  if (request.headers["content-type"] !== "application/json") return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    if (chunks.length > 16) return undefined;
  }
  const sms = smsShape.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  if (!sms.success) return undefined;
  return json({ id: await keepCaught(dataDir, "sms", Buffer.from(JSON.stringify(sms.data))) });
}

async function answer(dataDir: string, url: URL, language: Language): Promise<Answer> {
  const [id = "", part, sample, locale, form] = url.pathname.slice(base.length + 1).split("/");
  if (url.pathname === `${base}.json`) {
    return json(await readMessages(dataDir, 50, url.searchParams.get("to") ?? undefined));
  }
  if (id === "") return html(listPage(await readMessages(dataDir, 100), language));
  if (id === "style.css") return { type: "text/css; charset=utf-8", body: style };
  if (id === "templates" && !part) return html(templatesPage(templateList, language));
  if (id === "templates") return templateAnswer(part, sample, locale, form);
  if (part === "source") {
    const caught = await readCaught(dataDir, id);
    return caught && { type: "text/plain; charset=utf-8", body: caught.content };
  }
  const message = await readMessage(dataDir, id);
  if (!message) return undefined;
  return part === "html" ? caughtHtml(message.html) : html(messagePage(message, language));
}

async function templateAnswer(kind = "", sample = "", locale = "", form = ""): Promise<Answer> {
  const mail = await readTemplate(kind, Number(sample), locale === "en" ? "en" : "fr");
  if (!mail) return undefined;
  return form === "text"
    ? { type: "text/plain; charset=utf-8", body: `${mail.subject}\n\n${mail.text}` }
    : caughtHtml(mail.html);
}

const html = (body: string): Answer => ({ type: "text/html; charset=utf-8", body });
const json = (value: unknown): Answer => ({ type: "application/json; charset=utf-8", body: JSON.stringify(value) });
const caughtHtml = (body: string): Answer => ({
  type: "text/html; charset=utf-8",
  body: body.replace(/<head[^>]*>/i, '$&<base target="_blank">'),
  policy: caughtPolicy,
});

function send(response: ServerResponse, found: Answer): void {
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": found.type,
    "content-security-policy": found.policy ?? pagePolicy,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(found.body);
}

function languageOf(request: IncomingMessage): Language {
  return /^\s*en/i.test(request.headers["accept-language"] ?? "") ? "en" : "fr";
}
