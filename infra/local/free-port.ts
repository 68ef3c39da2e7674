import { createServer } from "node:net";

/** True when nothing listens on that port of the loopback. */
export function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The wanted port when it is free, else the next free one; port 0 asks the system for any. */
export async function freePort(wanted = 0, host = "127.0.0.1"): Promise<number> {
  if (wanted === 0) return anyFreePort(host);
  for (let port = wanted; port < Math.min(wanted + 100, 65_536); port++) {
    if (await isPortFree(port, host)) return port;
  }
  return anyFreePort(host);
}

function anyFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host, exclusive: true }, () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
