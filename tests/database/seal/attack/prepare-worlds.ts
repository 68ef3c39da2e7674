import type pg from "pg";
import { type Catalogue, nameOf } from "../catalogue/catalogue.ts";
import { attackedTables, makeWorld, type Sink, type World } from "../rows/make-world.ts";
import { attackTable } from "./attack-table.ts";
import type { Try, Worlds } from "./try.ts";

export interface Prepared {
  readonly worlds: Worlds;
  /** By table. */
  readonly tries: ReadonlyMap<string, Try[]>;
  /** What somebody on the page is allowed: each must have succeeded. */
  readonly provable: ReadonlySet<string>;
  /** `clinic person` of everybody who is an active member. */
  readonly members: ReadonlySet<string>;
  readonly operators: ReadonlySet<string>;
}

/** Makes two worlds, writes down everything to try, and puts the rows that it takes into the database. */
export async function prepareWorlds(catalogue: Catalogue, admin: pg.ClientBase): Promise<Prepared> {
  const sink: Sink = [];
  const worlds: Worlds = { ours: makeWorld(catalogue, sink), theirs: makeWorld(catalogue, sink) };
  for (const world of [worlds.ours, worlds.theirs]) settle(world);
  const tables = attackedTables(catalogue);
  const tries = new Map(tables.map((table) => [nameOf(table), attackTable(catalogue, table, worlds)]));
  for (const statement of sink)
    await admin
      .query(statement)
      .catch((error: Error) =>
        Promise.reject(
          new Error(`no valid row: ${error.message}\nteach tests/database/seal/rows/value-for.ts\n${statement}`),
        ),
      );
  const provable = new Set(
    [...tries.values()]
      .flat()
      .filter(({ allowed }) => allowed)
      .map(({ proof }) => proof),
  );
  const members = await admin.query<{ is: string }>(
    "select clinic_id || ' ' || user_id as is from identity.membership where status = 'active'",
  );
  const operators = await admin.query<{ is: string }>(
    "select user_id::text as is from host.operator where revoked_at is null",
  );
  return {
    worlds,
    tries,
    provable,
    members: new Set(members.rows.map(({ is }) => is)),
    operators: new Set(operators.rows.map(({ is }) => is)),
  };
}

/** The people and keys that actors enter with. */
function settle(world: World): void {
  for (const table of [
    "identity.user",
    "identity.membership",
    "identity.session",
    "identity.invitation",
    "identity.one_time_secret",
    "host.operator",
    "host.slug",
    "host.clinic_registration",
    "clinic.clinic",
    "clinic.public_page",
    "clinic.patient",
  ])
    world.common(table);
}
