import { readFile } from "node:fs/promises";
import pg from "pg";
import { fromRoot } from "../paths.ts";
import { scramSecret } from "./scram.ts";

/** The roles that a process logs in as, and the variable that holds each one's address. */
export const logins = {
  chevet_owner: "CHEVET_OWNER_DATABASE_URL",
  chevet_web: "CHEVET_WEB_DATABASE_URL",
  chevet_worker: "CHEVET_WORKER_DATABASE_URL",
  chevet_queue: "CHEVET_QUEUE_DATABASE_URL",
} as const;

export type Login = keyof typeof logins;

/**
 * Makes the roles and the five schemas (prisma/database.sql) and sets the logins' passwords. Harmless to run again.
 * @param adminUrl the database itself, as a superuser.
 */
export async function prepareDatabase(adminUrl: string, passwords: Record<Login, string>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "chevet prepare" });
  await client.connect();
  try {
    await client.query(await readFile(fromRoot("prisma/database.sql"), "utf8"));
    for (const [login, password] of Object.entries(passwords)) {
      await client.query(
        `alter role ${client.escapeIdentifier(login)} password ${client.escapeLiteral(scramSecret(password))}`,
      );
    }
  } finally {
    await client.end();
  }
}

/** Makes the database when it is missing. */
export function createDatabase(serverUrl: string, name: string): Promise<void> {
  return onServer(serverUrl, async (client) => {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/** Drops the database, with whoever is connected to it. */
export function dropDatabase(serverUrl: string, name: string): Promise<void> {
  return onServer(serverUrl, async (client) => {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  });
}

async function onServer(serverUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
