import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Logger } from "#server/logger.ts";
import { noteReturn } from "./note-return.ts";
import { readBounce } from "./read-bounce.ts";
import { returnedId } from "./return-address.ts";

export interface ReturnsPlace {
  /** Where the host's mail server finds it: this machine, or an address of the private network. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** MAIL_RETURN */
  readonly returnTo: string;
}

/** A report that quotes the whole of the largest mail of ours is smaller. */
const largestReport = 512 * 1024;

/** Longer than a server keeps a connection for its next report (Postfix: five minutes). Whoever says a letter a minute has a place for no longer. */
const longestTalk = 10 * 60_000;

const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/**
 * Takes what comes back, by LMTP (RFC 2033), from the host's own mail server. An address whose proof is not ours is refused before a word of the
 * mail is heard; a mail that is no report of non-delivery is taken and forgotten. Answered once it is written down: until then it is the sender's
 * to try again.
 */
export async function serveReturns(
  { host, port, returnTo }: ReturnsPlace,
  platformKey: ClinicKey,
  log: Logger,
  longestTalkMs = longestTalk,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    lmtp: true,
    name: returnTo.split("@")[1] ?? "localhost",
    banner: "Chevet",
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    maxClients: 20,
    socketTimeout: 60_000,
    size: largestReport,
    logger: false,
    onRcptTo({ address }, _session, done) {
      done(returnedId(returnTo, platformKey, address) ? null : refusal(550, "5.1.1 no such address"));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on("data", (chunk: Buffer) => {
        size += chunk.length;
        // Read to its end, as the protocol asks, and not kept.
        if (size <= largestReport) chunks.push(chunk);
      });
      stream.once("end", () => {
        if (stream.sizeExceeded || size > largestReport) return done(refusal(552, "5.3.4 too large"));
        const ids = envelope.rcptTo.flatMap(({ address }) => returnedId(returnTo, platformKey, address) ?? []);
        note(ids, Buffer.concat(chunks), log).then(
          () => done(),
          (error: unknown) => {
            log.error("mail.return-failed", {}, error);
            done(refusal(451, "4.3.0 try again"));
          },
        );
      });
    },
  });
  // A client that goes away in mid-sentence is nobody's fault here.
  server.on("error", () => undefined);
  server.server.on("connection", (socket) => {
    const end = setTimeout(() => socket.destroy(), longestTalkMs);
    socket.once("close", () => clearTimeout(end));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function note(ids: readonly string[], raw: Buffer, log: Logger): Promise<void> {
  // What cannot be read as a mail is no report, and would be sent again for days.
  const bounce = await readBounce(raw).catch(() => null);
  if (!bounce) return;
  for (const id of ids)
    if (await noteReturn(id, bounce)) log.info("mail.bounced", { deliveryId: id, code: `DSN_${bounce.status}` });
}
