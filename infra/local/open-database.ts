import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { keptJson, randomSecret } from "./local-keys.ts";
import { createDatabase, dropDatabase, type Login, logins, prepareDatabase } from "./postgres/prepare-database.ts";
import { startCluster } from "./postgres/start-cluster.ts";
import { readDemo } from "./seed.ts";
import { onStop } from "./stopping.ts";

/** A prepared database: its logins' addresses. */
export interface OpenDatabase {
  /** Made by this instance: demo data may go there, and `--fresh` may wipe it. */
  embedded: boolean;
  variables: Record<string, string>;
  port?: number;
  note: string;
}

interface Wanted {
  env: NodeJS.ProcessEnv;
  dataDir: string;
  port?: number | undefined;
  /** A server that was already running goes on after us: another start command holds it. */
  leaveFound?: boolean;
}

const databaseName = "chevet";
/** Written on the database itself, so that demo data can never reach one that somebody else made. */
export const embeddedMark = "chevet: embedded";

/**
 * The database that the environment names, else the embedded one, started and prepared.
 * - the four logins given: used as they are; - `DATABASE_URL`: roles and schemas are made there; - neither: embedded.
 */
export async function openDatabase({ env, dataDir, port, leaveFound = false }: Wanted): Promise<OpenDatabase> {
  if (env.CHEVET_WEB_DATABASE_URL) return { embedded: false, variables: {}, note: "donnée · given" };
  const secrets = join(dataDir, "secrets");
  mkdirSync(secrets, { recursive: true, mode: 0o700 });
  const passwords = keptJson(join(secrets, "database.json"), () => ({
    postgres: randomSecret(),
    chevet_owner: randomSecret(),
    chevet_web: randomSecret(),
    chevet_worker: randomSecret(),
    chevet_queue: randomSecret(),
  }));
  const { postgres: adminPassword, ...loginPasswords } = passwords;
  if (env.DATABASE_URL) {
    await prepareDatabase(env.DATABASE_URL, loginPasswords);
    return { embedded: false, variables: addresses(env.DATABASE_URL, loginPasswords), note: "DATABASE_URL" };
  }

  const folder = join(dataDir, "postgres");
  const cluster = await startCluster({
    dataDir: folder,
    password: adminPassword,
    port,
    settings: { max_connections: "200" },
  });
  if (!leaveFound || cluster.state !== "found") onStop(() => cluster.stop());
  const adminUrl = cluster.url(databaseName);
  // A demo that was cut short is begun again from nothing; nobody was served yet, so it is all there was.
  if (!leaveFound && readDemo(dataDir)?.state === "planting") await dropDatabase(cluster.url("postgres"), databaseName);
  await createDatabase(cluster.url("postgres"), databaseName);
  await prepareDatabase(adminUrl, loginPasswords);
  await markEmbedded(adminUrl);
  const variables = addresses(adminUrl, loginPasswords);
  const notes = { created: "créé · created", started: "démarré · started", found: "retrouvé · found running" };
  const place = realpathSync(folder);
  const note =
    place === join(realpathSync(dataDir), "postgres") ? notes[cluster.state] : `${notes[cluster.state]} (${place})`;
  return { embedded: true, variables, port: cluster.port, note };
}

function addresses(base: string, passwords: Record<Login, string>): Record<string, string> {
  const address = (login: Login) => {
    const url = new URL(base);
    url.username = login;
    url.password = passwords[login];
    return url.href;
  };
  return Object.fromEntries((Object.keys(logins) as Login[]).map((login) => [logins[login], address(login)]));
}

async function markEmbedded(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`comment on database ${databaseName} is '${embeddedMark}'`);
  } finally {
    await client.end();
  }
}
