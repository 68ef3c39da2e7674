import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

export interface SmtpSink {
  url: string;
  /** How often each Message-ID arrived. */
  arrived: Map<string, number>;
  stop(): Promise<void>;
}

/**
 * A mail server that takes everything and keeps only which mail came: what is measured is the sender.
 * @param answerMs how long it takes to say that it has a mail
 */
export async function startSmtpSink(answerMs = 0): Promise<SmtpSink> {
  const arrived = new Map<string, number>();
  const server = createServer((socket) => {
    let [buffer, content] = ["", false];
    const say = (line: string) => void socket.write(`${line}\r\n`);
    socket.on("error", () => undefined);
    socket.setEncoding("latin1");
    say("220 sink");
    socket.on("data", (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const end = buffer.indexOf(content ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const part = buffer.slice(0, end);
        buffer = buffer.slice(end + (content ? 5 : 2));
        if (content) {
          content = false;
          const id = /^message-id: *(\S+)/im.exec(part)?.[1] ?? "";
          arrived.set(id, (arrived.get(id) ?? 0) + 1);
          if (answerMs > 0) setTimeout(() => say("250 kept"), answerMs);
          else say("250 kept");
        } else if (/^data/i.test(part)) {
          content = true;
          say("354 go on");
        } else if (/^quit/i.test(part)) socket.end("221 bye\r\n");
        else say("250 ok");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
