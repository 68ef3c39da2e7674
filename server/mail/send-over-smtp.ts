import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";

export interface Envelope {
  from: string;
  to: string;
}

/**
 * What is known after a try. `refused`: the server said no for good, to the recipient (`aboutAddress`) or to the content. `failed`: it did not get the mail, and may be tried again.
 * `unknown`: it had the whole mail and its answer never came; it may or may not have kept it, and nobody can tell from here.
 */
export type SmtpOutcome =
  | { state: "sent" }
  | { state: "refused"; code: string; aboutAddress: boolean }
  | { state: "failed"; code: string }
  | { state: "unknown"; code: string };

interface SmtpError extends Error {
  code?: string;
  originalCode?: string;
  command?: string;
  responseCode?: number;
  permanent?: boolean;
}

/** A connection that is open, and waits for its next mail. */
interface Line {
  readonly connection: SMTPConnection;
  mails: number;
  /** Hears what breaks the connection while a mail is on its way; between two, nobody does. */
  broke: (error: SmtpError) => void;
  closing?: NodeJS.Timeout;
}

/** By the server's whole address. A thousand mails in a row open a few connections instead of a thousand. */
const waiting = new Map<string, Line[]>();
/** Short: a server that closes first must not meet the next mail, and nothing is kept from stopping. */
const longestWaitMs = 1_000;
const mostMails = 100;

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000, dnsTimeout: 5_000 };

/**
 * Sends one mail, over a connection that another mail has just left or one of its own, and says what is known of it. nodemailer's own
 * transport cannot tell a connection that broke before the mail was out from one that broke after; here the mail is a stream, and whether it was read
 * to its end is the difference.
 * @param message the mail as it goes on the wire, headers included.
 */
export async function sendOverSmtp(smtpUrl: string, envelope: Envelope, message: Buffer): Promise<SmtpOutcome> {
  const kept = takeLine(smtpUrl);
  const outcome = kept && (await sendOn(kept, smtpUrl, envelope, message));
  // The server has certainly not got it, and may only be tired of the connection: one of its own decides.
  if (outcome && outcome.state !== "failed") return outcome;
  return sendOn(newLine(smtpUrl), smtpUrl, envelope, message);
}

async function sendOn(line: Line, smtpUrl: string, envelope: Envelope, message: Buffer): Promise<SmtpOutcome> {
  const body = Readable.from([message], { objectMode: false });
  let wholeMailOut = false;
  body.once("end", () => {
    wholeMailOut = true;
  });
  try {
    await talk(line, smtpUrl, envelope, body);
    leaveLine(smtpUrl, line);
    return { state: "sent" };
  } catch (error) {
    line.connection.close();
    return judge(error as SmtpError, wholeMailOut);
  }
}

function newLine(smtpUrl: string): Line {
  const connection = new SMTPConnection({ ...patience, ...connectionFor(smtpUrl) });
  const line: Line = { connection, mails: 0, broke: () => undefined };
  const over = (error: SmtpError) => {
    forget(smtpUrl, line);
    line.broke(error);
  };
  // Also heard after the callback: the first word counts, and the second must not end the process.
  connection.on("error", over);
  connection.once("end", () => over(Object.assign(new Error("closed"), { code: "ECONNECTION" })));
  return line;
}

function takeLine(smtpUrl: string): Line | undefined {
  const line = waiting.get(smtpUrl)?.pop();
  clearTimeout(line?.closing);
  return line;
}

function leaveLine(smtpUrl: string, line: Line): void {
  line.broke = () => undefined;
  line.mails += 1;
  if (line.mails >= mostMails) {
    line.connection.quit();
    return;
  }
  waiting.set(smtpUrl, [...(waiting.get(smtpUrl) ?? []), line]);
  line.closing = setTimeout(() => {
    forget(smtpUrl, line);
    line.connection.quit();
  }, longestWaitMs);
}

function forget(smtpUrl: string, line: Line): void {
  clearTimeout(line.closing);
  const others = waiting.get(smtpUrl)?.filter((one) => one !== line);
  if (others) waiting.set(smtpUrl, others);
}

function talk(line: Line, smtpUrl: string, envelope: Envelope, body: Readable): Promise<void> {
  const { connection } = line;
  return new Promise((resolve, reject) => {
    const send = () => connection.send(envelope, body, (error) => (error ? reject(error) : resolve()));
    line.broke = reject;
    if (line.mails > 0) return send();
    connection.connect((error) => {
      if (error) return reject(error);
      const credentials = credentialsIn(smtpUrl);
      if (!credentials) return send();
      connection.login({ credentials }, (refusal) => (refusal ? reject(refusal) : send()));
    });
  });
}

function judge(error: SmtpError, wholeMailOut: boolean): SmtpOutcome {
  const { responseCode, command, permanent } = error;
  const code = responseCode ? `SMTP_${responseCode}` : (error.originalCode ?? error.code ?? "SMTP");
  if (wholeMailOut && !responseCode) return { state: "unknown", code };
  // A refused sign-in is the settings' fault, not this mail's: it goes when the settings are mended.
  if (!permanent || (command !== "RCPT TO" && command !== "DATA")) return { state: "failed", code };
  return { state: "refused", code, aboutAddress: command === "RCPT TO" };
}

function connectionFor(smtpUrl: string) {
  const { protocol, hostname, port } = new URL(smtpUrl);
  const secure = protocol === "smtps:";
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  // Outside this machine a mail never travels in the clear (AC-68).
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !loopback,
  };
}

function credentialsIn(smtpUrl: string): { user: string; pass: string } | undefined {
  const { username, password } = new URL(smtpUrl);
  return username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
}
