import type pg from "pg";
import type { Actor } from "./actors.ts";

/** What came of a statement: how many rows it touched or gave, or PostgreSQL's five letters. */
export interface Outcome {
  readonly rows: number;
  readonly error: string | null;
  readonly message: string;
  /** The door itself refused: the statement never ran. */
  readonly atDoor: boolean;
}

const literal = (value: string | undefined) => (value === undefined ? "null" : `'${value.replaceAll("'", "''")}'`);
const bytea = (hex: string | undefined) => (hex === undefined ? "null" : `'\\x${hex}'`);

function enter({ role, keys, door }: Actor): string {
  if (door) {
    const { clinic_id, user_id, patient_id, session_hash, token_hash, secret_id, email, slug } = keys;
    const { appointment_id, sitting_id } = keys;
    // What the token of a visitor opened is set by the door itself, or by the function that just wrote it.
    const opened = Object.entries({ appointment_id, sitting_id })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `; set local app.${name} = ${literal(value)}`);
    return `select reference.enter('${role}', ${[clinic_id, user_id, patient_id].map(literal).join(", ")}, null, null, ${bytea(session_hash)}, ${bytea(token_hash)}, ${literal(secret_id)}, ${literal(email)}, ${literal(slug)})${opened.join("")}`;
  }
  const settings = Object.entries(keys).filter(([, value]) => value !== undefined);
  // A statement of its own for each, in one message, as injected text would come.
  return [
    ...settings.map(([name, value]) => `set local app.${name} = ${literal(value)}`),
    `set local role chevet_${role}`,
  ].join("; ");
}

/** Runs one statement as this actor on its own login's connection (pipelined), and takes it back. */
export async function attempt(client: pg.Client, actor: Actor, statement: string): Promise<Outcome> {
  const [, entered, done] = await Promise.allSettled([
    client.query("begin"),
    client.query(enter(actor)),
    client.query(statement),
    client.query("rollback"),
  ]);
  return outcomeOf(entered, done);
}

/**
 * The same inside a transaction of the superuser that holds changes which nobody else sees: the session takes the login's
 * name, so that PostgreSQL judges it as that login.
 */
export async function attemptWithin(client: pg.Client, actor: Actor, statement: string): Promise<Outcome> {
  const [, , entered, done] = await Promise.allSettled([
    client.query("savepoint attempt"),
    client.query(`set local session authorization chevet_${actor.login}`),
    client.query(enter(actor)),
    client.query(statement),
    client.query("rollback to savepoint attempt"),
    client.query("release savepoint attempt"),
  ]);
  return outcomeOf(entered, done);
}

function outcomeOf(
  entered: PromiseSettledResult<unknown> | undefined,
  done: PromiseSettledResult<pg.QueryResult> | undefined,
): Outcome {
  const failed = [entered, done].find((one) => one?.status === "rejected");
  if (failed?.status === "rejected") {
    const { code = "?", message = "" } = failed.reason as { code?: string; message?: string };
    return { rows: 0, error: code, message, atDoor: failed === entered };
  }
  return {
    rows: (done?.status === "fulfilled" ? done.value.rowCount : 0) ?? 0,
    error: null,
    message: "",
    atDoor: false,
  };
}
