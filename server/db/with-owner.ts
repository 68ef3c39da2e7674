import pg from "pg";
import { needEnv } from "#server/env.ts";

/**
 * One transaction as the owner of the tables, from the machine's own command line and never from a door. Row security binds
 * the owner too: what is done here lifts it by name, for its own transaction.
 */
export async function withOwner<T>(work: (owner: pg.ClientBase) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: needEnv("CHEVET_OWNER_DATABASE_URL") });
  await owner.connect();
  try {
    await owner.query("begin");
    const result = await work(owner);
    await owner.query("commit");
    return result;
  } finally {
    // A transaction that did not commit ends with its connection.
    await owner.end();
  }
}
