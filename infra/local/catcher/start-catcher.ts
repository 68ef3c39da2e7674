import { SMTPServer } from "smtp-server";
import { keepCaught } from "./caught-store.ts";

/** Larger than any mail of ours; a caught mail fills no disk. */
const largestMail = 2 * 1024 * 1024;

/**
 * A real SMTP server on loopback that keeps every mail instead of passing it on, for local mode: the whole way of a mail is exercised, and nothing
 * leaves the machine. Whoever sends is answered only once the mail is on the disk.
 * @param port 0 takes any free one.
 */
export async function startCatcher(port: number, dataDir: string): Promise<{ port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    name: "localhost",
    banner: "Chevet attrape-courriel",
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: largestMail,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("too large"), { responseCode: 552 }));
          return;
        }
        keepCaught(dataDir, "mail", Buffer.concat(chunks)).then(() => done(), done);
      });
    },
  });
  // A client that goes away in mid-sentence is nobody's fault here.
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
