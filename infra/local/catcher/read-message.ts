import { type ParsedMail, simpleParser } from "mailparser";
import { type CaughtFile, listCaught, readCaught } from "./caught-store.ts";

/** One caught message as a person or a browser test reads it. A text message has no subject, HTML or headers. */
export interface CaughtMessage {
  id: string;
  kind: "mail" | "sms";
  at: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Addresses in the text, in order: what a test follows. */
  links: string[];
  headers: [string, string][];
}

/** What was caught, newest first; `to` keeps one addressee's. */
export async function readMessages(dataDir: string, most: number, to?: string): Promise<CaughtMessage[]> {
  const messages: CaughtMessage[] = [];
  for (const file of await listCaught(dataDir)) {
    if (messages.length >= most) break;
    const message = await readMessage(dataDir, file.id);
    if (message && (!to || message.to.toLowerCase().includes(to.toLowerCase()))) messages.push(message);
  }
  return messages;
}

export async function readMessage(dataDir: string, id: string): Promise<CaughtMessage | undefined> {
  const caught = await readCaught(dataDir, id);
  if (!caught) return undefined;
  return caught.kind === "mail" ? asMail(caught, await simpleParser(caught.content)) : asText(caught, caught.content);
}

function asMail(file: CaughtFile, mail: ParsedMail): CaughtMessage {
  const text = mail.text ?? "";
  const to = Array.isArray(mail.to) ? mail.to : mail.to ? [mail.to] : [];
  return {
    id: file.id,
    kind: "mail",
    at: file.at.toISOString(),
    from: mail.from?.text ?? "",
    to: to.map((one) => one.text).join(", "),
    subject: mail.subject ?? "",
    text,
    html: mail.html || "",
    links: linksIn(text),
    headers: mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(":") + 1).trim()]),
  };
}

function asText(file: CaughtFile, content: Buffer): CaughtMessage {
  const { to, text } = JSON.parse(content.toString("utf8")) as { to: string; text: string };
  const at = file.at.toISOString();
  return { id: file.id, kind: "sms", at, from: "", to, subject: "", text, html: "", links: linksIn(text), headers: [] };
}

function linksIn(text: string): string[] {
  return text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
}
