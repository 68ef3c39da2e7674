import { randomInt } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import pg from "pg";
import { embeddedMark } from "#infra/local/open-database.ts";
import { closeDatabases } from "#server/db/database.ts";
import { env, needEnv } from "#server/env.ts";
import type { Planted, Scenario, SeedTools } from "./scenario.ts";

/** node prisma/seed/run.ts <result.json> [scenario…]: plants the named scenarios, or all, and writes what they planted. */

const [result = "", ...wanted] = process.argv.slice(2);
const folder = new URL("./scenarios/", import.meta.url);
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

const tools: SeedTools = {
  password: () =>
    Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("")).join(
      "-",
    ),
  analyze: () => asOwner(async (client) => void (await client.query("analyze"))),
};

await refuseStrangeDatabase();
const names = (existsSync(folder) ? readdirSync(folder) : []).map((file) => file.replace(/\.ts$/, ""));
const planted: Planted = { addresses: [], signIns: [] };
for (const name of wanted.length > 0 ? wanted : names.sort()) {
  const { scenario }: { scenario: Scenario } = await import(new URL(`${name}.ts`, folder).href);
  const { addresses, signIns } = await scenario.plant(tools);
  planted.addresses.push(...addresses);
  planted.signIns.push(...signIns);
}
await closeDatabases();
writeFileSync(result, JSON.stringify(planted), { mode: 0o600 });

/** A demo has sign-ins whose passwords are printed: it goes on the database that `npm run up` made, or nowhere. */
async function refuseStrangeDatabase(): Promise<void> {
  if (!env().CHEVET_LOCAL) throw new Error("demo data needs CHEVET_LOCAL=1");
  await asOwner(async (client) => {
    const { rows } = await client.query(
      "select shobj_description(oid, 'pg_database') as mark, inet_server_addr() << '127.0.0.0/8' as near from pg_database where datname = current_database()",
    );
    if (rows[0]?.mark !== embeddedMark || !rows[0]?.near)
      throw new Error("demo data only goes on the embedded database");
  });
}

async function asOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: needEnv("CHEVET_OWNER_DATABASE_URL") });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
