import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

/**
 * A mail server that misbehaves at a chosen point of the conversation, on loopback. It speaks just enough SMTP (RFC 5321) to be believed, so that a
 * test decides to the line where a connection breaks.
 */
export type Mood =
  | "accept"
  | "refuse-sender"
  | "refuse-recipient"
  | "busy"
  | "refuse-content"
  | "hang-up-at-greeting"
  | "hang-up-at-data"
  | "hang-up-in-content"
  | "hang-up-before-answer"
  | "hold-answer";

export interface ReceivedMail {
  /** Of the envelope: where a report of non-delivery goes. */
  from: string;
  to: string;
  messageId: string;
  raw: string;
  /** Says the answer that was held back. */
  answer(line: string): void;
}

export interface MoodySmtp {
  url: string;
  mood: Mood;
  /** Every mail whose last line arrived, whether it was answered or not. */
  received: ReceivedMail[];
  /** How many connections were opened. */
  opened: number;
  /** Resolves once a whole mail was received and its answer is held back. */
  heldMail(): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

export async function startMoodySmtp(mood: Mood = "accept", address = "127.0.0.1"): Promise<MoodySmtp> {
  const sockets = new Set<Socket>();
  let tellHeld: (mail: ReceivedMail) => void = () => undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    smtp.opened += 1;
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    converse(socket, smtp, (mail) => tellHeld(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const smtp: MoodySmtp = {
    url: `smtp://${address}:${(server.address() as AddressInfo).port}`,
    mood,
    received: [],
    opened: 0,
    heldMail: () =>
      new Promise((resolve) => {
        tellHeld = resolve;
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return smtp;
}

function converse(socket: Socket, smtp: MoodySmtp, held: (mail: ReceivedMail) => void): void {
  // Of each mail: a connection may carry several.
  let { mood } = smtp;
  let buffer = "";
  let from = "";
  let to = "";
  let content = false;
  const say = (line: string) => void socket.write(`${line}\r\n`);

  const takeLine = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") return say("250 moody");
    if (verb === "QUIT") return socket.end("221 bye\r\n");
    if (verb === "MAIL") {
      mood = smtp.mood;
      from = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (mood === "hang-up-at-greeting") return socket.destroy();
      return say(mood === "refuse-sender" ? "550 no" : mood === "busy" ? "451 later" : "250 ok");
    }
    if (verb === "RCPT") {
      to = /<([^>]*)>/.exec(line)?.[1] ?? "";
      return say(mood === "refuse-recipient" ? `550 <${to}> nobody here` : "250 ok");
    }
    if (verb !== "DATA") return say("502 what?");
    if (mood === "hang-up-at-data") return socket.destroy();
    content = true;
    say("354 go on");
    if (mood === "hang-up-in-content") socket.destroy();
  };

  const takeContent = (raw: string) => {
    content = false;
    const mail = { from, to, raw, messageId: /^message-id: *(\S+)/im.exec(raw)?.[1] ?? "", answer: say };
    smtp.received.push(mail);
    if (mood === "hang-up-before-answer") return socket.destroy();
    if (mood === "hold-answer") return held(mail);
    say(mood === "refuse-content" ? "554 not this" : "250 kept");
  };

  if (mood === "hang-up-at-greeting") {
    socket.destroy();
    return;
  }
  say("220 moody");
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = buffer.indexOf(content ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const part = buffer.slice(0, end);
      buffer = buffer.slice(end + (content ? 5 : 2));
      if (content) takeContent(part);
      else takeLine(part);
    }
  });
}
