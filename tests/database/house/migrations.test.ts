import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";
import { migrateDatabase } from "#infra/local/postgres/migrate-database.ts";
import { database, freshDatabase } from "#tests/database/setup.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chevet-migrations-"));
  cpSync(fromRoot("prisma/migrations"), folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the test's database is migrated, its own, and on the wanted PostgreSQL", async () => {
  const version = await query(database.webUrl, "select current_setting('server_version_num')::int / 10000 as major");
  expect(version).toEqual([{ major: inject("testCluster").major }]);
  expect(process.env.CHEVET_WEB_DATABASE_URL).toBe(database.webUrl);
  expect(await migrateDatabase(database.ownerUrl)).toEqual([]);
});

test("the history lives in the schema host, and there is no sixth schema", async () => {
  const rows = await query(
    database.adminUrl,
    "select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1",
  );
  expect(rows.map((row) => row.name)).toEqual(["clinic", "host", "identity", "queue", "reference"]);
  expect(await query(database.ownerUrl, "select to_regclass('host._prisma_migrations') is not null as there")).toEqual([
    { there: true },
  ]);
});

test("a failing migration leaves nothing behind, says where, and runs once it is mended", async () => {
  const scratch = await freshDatabase();
  try {
    write("29990101000000_spoilt", "create table host.spoilt (n int);\nselect 'a;b';\nselect nothing_of_that_name;\n");
    await expect(migrateDatabase(scratch.ownerUrl, folder)).rejects.toThrow(
      /29990101000000_spoilt, .*line 3 .*nothing_of_that_name/,
    );
    expect(await query(scratch.ownerUrl, "select to_regclass('host.spoilt') as there")).toEqual([{ there: null }]);
    write("29990101000000_spoilt", "create table host.spoilt (n int);\ndo $$ begin perform 1; end $$;\n");
    expect(await migrateDatabase(scratch.ownerUrl, folder)).toEqual(["29990101000000_spoilt"]);
    expect(await migrateDatabase(scratch.ownerUrl, folder)).toEqual([]);
  } finally {
    await scratch.drop();
  }
});

test("a migration does not stand in everybody's way behind somebody who takes their time: it gives up, and runs once they are done", async () => {
  const scratch = await freshDatabase();
  const reader = new pg.Client({ connectionString: scratch.adminUrl });
  await reader.connect();
  try {
    write("29990101000000_waits", "alter table clinic.occupancy add column waits int;\n");
    await reader.query("begin");
    await reader.query("lock table clinic.occupancy in access share mode");
    await expect(migrateDatabase(scratch.ownerUrl, folder, "200ms")).rejects.toThrow(/29990101000000_waits, .*55P03/);
    await reader.query("commit");
    expect(await migrateDatabase(scratch.ownerUrl, folder, "200ms")).toEqual(["29990101000000_waits"]);
  } finally {
    await reader.end();
    await scratch.drop();
  }
});

test("a migration edited after it ran is refused by name", async () => {
  const scratch = await freshDatabase();
  try {
    write("29990101000000_first", "create table host.first (n int);\n");
    await migrateDatabase(scratch.ownerUrl, folder);
    write("29990101000000_first", "create table host.first (n bigint);\n");
    await expect(migrateDatabase(scratch.ownerUrl, folder)).rejects.toThrow(
      /edited after it was applied: 29990101000000_first/,
    );
  } finally {
    await scratch.drop();
  }
});

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
