import { randomBytes } from "node:crypto";
import pg from "pg";
import { logins } from "#infra/local/postgres/prepare-database.ts";
import { type TestCluster, templateName } from "./test-cluster.ts";

/** A migrated, empty database of a test's own, and its address for each login. */
export interface TestDatabase {
  name: string;
  /** As superuser: for arranging and inspecting, never for what is under test. */
  adminUrl: string;
  ownerUrl: string;
  webUrl: string;
  workerUrl: string;
  queueUrl: string;
  drop(): Promise<void>;
}

/** Copies the template database: about a tenth of a second. */
export async function copyTemplate(cluster: TestCluster): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const url = (user: string, password: string, database = name) =>
    `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${cluster.port}/${database}`;
  const admin = <T>(act: (client: pg.Client) => Promise<T>) =>
    withClient(url("postgres", cluster.adminPassword, "postgres"), act);
  await admin(async (client) => {
    await client.query(`create database ${name} template ${templateName}`);
    // A copy does not carry the privileges on the database itself.
    await client.query(
      "update pg_database set datacl = (select datacl from pg_database where datname = $2) where datname = $1",
      [name, templateName],
    );
  });
  return {
    name,
    adminUrl: url("postgres", cluster.adminPassword),
    ownerUrl: url("chevet_owner", cluster.passwords.chevet_owner),
    webUrl: url("chevet_web", cluster.passwords.chevet_web),
    workerUrl: url("chevet_worker", cluster.passwords.chevet_worker),
    queueUrl: url("chevet_queue", cluster.passwords.chevet_queue),
    drop: () => admin(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}

/** The variables that make the server's code use this database. */
export function databaseVariables(database: TestDatabase): Record<string, string> {
  return {
    [logins.chevet_owner]: database.ownerUrl,
    [logins.chevet_web]: database.webUrl,
    [logins.chevet_worker]: database.workerUrl,
    [logins.chevet_queue]: database.queueUrl,
  };
}

async function withClient<T>(connectionString: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
