import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationDirectory, MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { fromRoot } from "../paths.ts";
import { Sentence } from "../steps.mjs";
import { openSchemaEngine } from "./schema-engine.ts";

/** The migrations' history lives here, so that there is no sixth schema. */
const historySchema = "host";

/**
 * How long a migration waits for a lock. While it waits, everybody who wants the same table waits behind it: a report that takes a minute must not
 * stop a host. It leaves nothing behind and is tried again (infra/UPGRADE.md).
 */
const longestWait = "10s";

/**
 * Applies the missing migrations, each in one transaction, with Prisma's schema engine in WebAssembly: nothing is downloaded.
 * Returns their names. Nothing is loaded when the history already matches the folder.
 * @param ownerUrl the database as chevet_owner.
 * @throws when one fails (it left nothing behind), or when an applied one was edited since.
 */
export async function migrateDatabase(
  ownerUrl: string,
  folder = fromRoot("prisma/migrations"),
  lockTimeout = longestWait,
): Promise<string[]> {
  const migrations = readMigrations(folder);
  if (await isUpToDate(ownerUrl, migrations)) return [];

  const pool = new pg.Pool({
    connectionString: ownerUrl,
    options: `-c search_path=${historySchema} -c lock_timeout=${lockTimeout}`,
  });
  const factory = new PrismaPg(pool, { schema: historySchema });
  const refusal: { error?: pg.DatabaseError; script?: string } = {};
  const engine = await openSchemaEngine(wholeScripts(factory, refusal));
  const migrationsList = listFor(folder, migrations);
  const filters = { externalTables: [], externalEnums: [] };
  try {
    const history = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters });
    const failed = new Set(history.failedMigrationNames);
    const edited = history.editedMigrationNames.filter((name) => !failed.has(name));
    if (edited.length > 0) {
      const names = edited.join(", ");
      throw new Sentence(
        `Migration modifiée après coup : ${names} (npm run up -- --fresh recommence à neuf)\n` +
          `Migration edited after it was applied: ${names} (npm run up -- --fresh begins anew)`,
      );
    }
    // A failed one left nothing behind (wholeScripts), so it simply runs again, mended or not.
    for (const migrationName of failed) await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
  } catch (error) {
    throw refusal.error ? explain(refusal.error, refusal.script, migrations) : error;
  } finally {
    engine.free();
    await pool.end();
  }
}

function listFor(baseDir: string, migrations: Migration[]): MigrationList {
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(
      ({ name, sql }): MigrationDirectory => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
      }),
    ),
  };
}

/** The engine only says which migration failed: PostgreSQL's own words and the line are what mends it. */
function explain(error: pg.DatabaseError, script: string | undefined, migrations: Migration[]): Error {
  const name = migrations.find(({ sql }) => sql === script)?.name ?? "?";
  const line = script && error.position ? script.slice(0, Number(error.position)).split("\n").length : "?";
  const words = [error.message, error.detail, error.hint, error.where].filter(Boolean).join("\n");
  return new Sentence(`Migration ${name}, ligne / line ${line} (${error.code}): ${words}`);
}

interface Migration {
  name: string;
  sql: string;
}

function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function isUpToDate(ownerUrl: string, migrations: Migration[]): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "chevet migrate" });
  await client.connect();
  try {
    const table = await client.query(`select to_regclass('${historySchema}._prisma_migrations') as name`);
    if (!table.rows[0]?.name) return false;
    const history = await client.query<{ name: string; checksum: string }>(
      `select migration_name as name, checksum from ${historySchema}._prisma_migrations
       where finished_at is not null and rolled_back_at is null`,
    );
    const applied = new Map(history.rows.map((row) => [row.name, row.checksum]));
    const matches = ({ name, sql }: Migration) => applied.get(name) === createHash("sha256").update(sql).digest("hex");
    return applied.size === migrations.length && migrations.every(matches);
  } finally {
    await client.end();
  }
}

/**
 * Prisma's adapter cuts a script at every `;`, which breaks function bodies and leaves the first half applied. PostgreSQL runs a
 * whole script sent as one simple query in one transaction: all or nothing.
 */
function wholeScripts(
  factory: PrismaPg,
  refusal: { error?: pg.DatabaseError; script?: string },
): SqlMigrationAwareDriverAdapterFactory {
  const connect = async () => {
    const adapter = await factory.connect();
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        if (error instanceof pg.DatabaseError) Object.assign(refusal, { error, script });
        throw error;
      }
    };
    return adapter;
  };
  const connectToShadowDb = () => Promise.reject(new Error("no shadow database is used"));
  return { provider: factory.provider, adapterName: factory.adapterName, connect, connectToShadowDb };
}
