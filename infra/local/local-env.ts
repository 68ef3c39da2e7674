import { freePort } from "./free-port.ts";
import type { Instance } from "./instance.ts";
import { localKeys } from "./local-keys.ts";

/** Where an instance is reached and what it runs with: only what the reader's own environment does not say already. */
export interface LocalPorts {
  web: number;
  webMetrics: number;
  workerMetrics: number;
  mail: number;
  /** The port that was asked for and is busy. */
  busy?: number;
}

/** Chooses the ports: those of the last start when they are free. A busy PORT is told, and the next free one taken. */
export async function choosePorts(env: NodeJS.ProcessEnv, last: Instance["ports"]): Promise<LocalPorts> {
  const wanted = Number(env.PORT || last.web || 3000);
  const web = await freePort(wanted);
  return {
    web,
    webMetrics: await freePort(last.webMetrics),
    workerMetrics: await freePort(last.workerMetrics),
    mail: await freePort(last.mail),
    ...(web === wanted ? {} : { busy: wanted }),
  };
}

/**
 * The environment of web and worker. Each part gives way to a real one that the environment names: keys, mail server, public
 * address. Without a public address the instance is local: caught mail is visible, and nothing leaves the machine.
 */
export function localEnv(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  nextDir: string,
  ports: LocalPorts,
): Record<string, string> {
  const origin = env.CHEVET_ORIGIN || `http://localhost:${ports.web}`;
  const isLocal = env.CHEVET_LOCAL || (env.CHEVET_ORIGIN ? "0" : "1");
  const catcher = {
    SMTP_URL: `smtp://127.0.0.1:${ports.mail}`,
    MAIL_CATCHER_PORT: String(ports.mail),
    SMS_DRIVER: "catcher",
  };
  const defaults: Record<string, string> = {
    ...localKeys(dataDir),
    ...(isLocal === "1" && !env.SMTP_URL ? catcher : {}),
  };
  const missing = Object.entries(defaults).filter(([name]) => !env[name]);
  return {
    ...Object.fromEntries(missing),
    CHEVET_ORIGIN: origin,
    CHEVET_LOCAL: isLocal,
    CHEVET_DATA_DIR: dataDir,
    CHEVET_NEXT_DIR: nextDir,
    PORT: String(ports.web),
  };
}
