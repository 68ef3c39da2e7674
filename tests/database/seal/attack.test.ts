import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "#tests/database/setup.ts";
import { doorOpens } from "./attack/actors.ts";
import { attempt } from "./attack/attempt.ts";
import { type Prepared, prepareWorlds } from "./attack/prepare-worlds.ts";
import type { Try } from "./attack/try.ts";
import { faultOf } from "./attack/verdict.ts";
import { type Catalogue, nameOf } from "./catalogue/catalogue.ts";
import { readCatalogue } from "./catalogue/read-catalogue.ts";
import { serving } from "./expected/roles.ts";
import { attackedTables } from "./rows/make-world.ts";

/**
 * Every table × every command × every role × everybody who should not. What must be refused is refused only if the same
 * statement succeeds, in this run, in the hands of whom the page of who may do what allows it.
 */

const admin = new pg.Client({ connectionString: database.adminUrl });
const logins = {
  web: new pg.Client({ connectionString: database.webUrl, pipeline: true } as pg.ClientConfig),
  worker: new pg.Client({ connectionString: database.workerUrl, pipeline: true } as pg.ClientConfig),
};
await Promise.all([admin.connect(), logins.web.connect(), logins.worker.connect()]);
const catalogue: Catalogue = await readCatalogue(admin);
let prepared: Prepared;
const count = { tries: 0, refused: 0, noRight: 0, succeeded: 0 };
const proven = new Set<string>();

describe("attack", () => {
  beforeAll(async () => {
    prepared = await prepareWorlds(catalogue, admin);
  });
  afterAll(async () => {
    console.log(
      `attack: ${count.tries} statements on ${attackedTables(catalogue).length} tables as ${serving.length} roles: ${count.succeeded} rightful succeeded, ${count.refused} refused beside a rightful one (${proven.size} pairs proven), ${count.noRight} refused for want of any right`,
    );
    await Promise.all([admin.end(), logins.web.end(), logins.worker.end()]);
  });

  it.each(attackedTables(catalogue).map((table) => [nameOf(table), table] as const))("%s", async (_name, table) => {
    const tries = prepared.tries.get(nameOf(table)) ?? [];
    expect(tries.length).toBeGreaterThan(serving.length);
    const faults: string[] = [];
    const succeeded = new Set<string>();
    for (const one of tries) {
      const opens = doorOpens(one.actor, prepared.members, prepared.operators);
      const outcome = await attempt(logins[one.actor.login], one.actor, one.statement);
      const fault = faultOf(one, outcome, opens);
      if (fault) faults.push(fault);
      else if (one.allowed && opens) succeeded.add(one.proof);
    }
    tally(tries, succeeded);
    expect(faults).toEqual([]);
    const unproven = tries.filter((one) => !one.allowed && mustBeProven(one) && !succeeded.has(one.proof));
    expect(unproven.map(({ proof }) => proof)).toEqual([]);
  });

  function tally(tries: Try[], succeeded: Set<string>): void {
    count.tries += tries.length;
    for (const one of tries) {
      if (one.allowed) count.succeeded += 1;
      else if (succeeded.has(one.proof)) count.refused += 1;
      else count.noRight += 1;
      if (!one.allowed && succeeded.has(one.proof)) proven.add(`${one.proof} ${one.actor.name} ${one.actor.login}`);
    }
  }

  /** A role without the right is refused everything, rightful or not; wherever somebody is allowed, somebody must succeed. */
  const mustBeProven = (one: Try) => prepared.provable.has(one.proof);
});
