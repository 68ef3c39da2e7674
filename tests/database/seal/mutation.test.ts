import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { freshDatabase } from "#tests/database/setup.ts";
import { doorOpens } from "./attack/actors.ts";
import { attemptWithin } from "./attack/attempt.ts";
import { type Prepared, prepareWorlds } from "./attack/prepare-worlds.ts";
import { faultOf } from "./attack/verdict.ts";
import { readCatalogue, rereadPart, rereadTable } from "./catalogue/read-catalogue.ts";
import { isFaulty, isTableFaulty, judge } from "./laws/all.ts";
import type { Mutation } from "./mutation/mutation.ts";
import { weakenGrants } from "./mutation/weaken-grants.ts";
import { weakenKeys } from "./mutation/weaken-keys.ts";
import { weakenPolicies } from "./mutation/weaken-policies.ts";
import { weakenRoles } from "./mutation/weaken-roles.ts";
import { weakenRoutines } from "./mutation/weaken-routines.ts";

/**
 * Proof that the walk and the attacks can fail: each policy, grant, key, function, role and schema is weakened in turn, in a
 * transaction of a scratch database that is then taken back, and the suite must go red every time.
 */

const scratch = await freshDatabase();
const client = new pg.Client({ connectionString: scratch.adminUrl, pipeline: true } as pg.ClientConfig);
await client.connect();
const catalogue = await readCatalogue(client);
const whole = process.env.CHEVET_SOAK === "1";
const count = { made: 0, walked: 0, felt: 0, attacked: 0 };
let prepared: Prepared;

describe("weakened in turn, the suite goes red", () => {
  beforeAll(async () => {
    prepared = await prepareWorlds(catalogue, client);
    expect(judge(catalogue)).toEqual([]);
  });
  afterAll(async () => {
    console.log(
      `mutations: ${count.made} made; ${count.walked} seen by the walk; of ${count.attacked} attacked, ${count.felt} felt by an attack`,
    );
    await client.end();
    await scratch.drop();
  });

  const groups: Record<string, Mutation[]> = {
    policies: weakenPolicies(catalogue),
    "grants and row security": weakenGrants(catalogue, whole),
    "keys, columns and triggers": weakenKeys(catalogue),
    "functions, sequences and types": weakenRoutines(catalogue),
    "roles, schemas and defaults": weakenRoles(catalogue, inject("testCluster").major),
  };

  it.each(Object.entries(groups))("%s", { timeout: 300_000 }, async (_name, mutations) => {
    expect(mutations.length).toBeGreaterThan(20);
    const missed: string[] = [];
    for (const mutation of mutations) {
      const seen = await tryOut(mutation);
      if (!seen) missed.push(mutation.name);
    }
    expect(missed).toEqual([]);
    expect(judge(await readCatalogue(client))).toEqual([]);
  });
});

async function tryOut(mutation: Mutation): Promise<boolean> {
  await client.query("begin");
  try {
    for (const statement of mutation.sql)
      await client
        .query(statement)
        .catch((error: Error) => Promise.reject(new Error(`${mutation.name}: ${error.message}\n${statement}`)));
    const walked = await isSeen(mutation);
    const felt = mutation.roles ? await isFelt(mutation) : false;
    count.made += 1;
    if (walked) count.walked += 1;
    if (mutation.roles) count.attacked += 1;
    if (felt) count.felt += 1;
    return walked || felt;
  } finally {
    await client.query("rollback");
  }
}

async function isSeen({ table, part }: Mutation): Promise<boolean> {
  if (table) return isTableFaulty(await rereadTable(client, catalogue, table));
  return isFaulty(part ? await rereadPart(client, catalogue, part) : await readCatalogue(client));
}

async function isFelt({ table = "", roles = [] }: Mutation): Promise<boolean> {
  const tries = (prepared.tries.get(table) ?? []).filter(({ actor }) => roles.includes(actor.role));
  for (const one of tries) {
    const opens = doorOpens(one.actor, prepared.members, prepared.operators);
    const fault = faultOf(one, await attemptWithin(client, one.actor, one.statement), opens);
    if (fault) return true;
  }
  return false;
}
