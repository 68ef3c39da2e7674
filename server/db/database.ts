import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env, needEnv } from "#server/env.ts";
import { watchTransaction } from "#server/observability/watch-transaction.ts";
import { entering, enteringClient, inOneWrite } from "./entering-client.ts";
import { type Entry, enterStatement, sameEntry } from "./entry.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";
import { mapDatabaseError } from "./map-database-error.ts";

/** A Prisma client inside a transaction that has entered as its role. */
export type Db = Prisma.TransactionClient;

/** The two logins that serve: the web process and the worker. */
export type Login = "web" | "worker";

export interface Statement {
  /** Prepared under this name; omit for statements that are rare. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Database {
  transact<T>(entry: Entry, work: (db: Db) => Promise<T>): Promise<T>;
  /** BEGIN, enter, the statements and COMMIT in one round trip; each result in order, or the first error and nothing written. */
  pipeline(entry: Entry, statements: readonly Statement[]): Promise<pg.QueryResult[]>;
  /** One statement outside any transaction: only for the functions that enter by themselves. */
  call(statement: Statement): Promise<pg.QueryResult>;
  /** Connections in use, waiting and idle, for the metrics. */
  load(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

interface Options {
  readonly url: string;
  readonly poolSize: number;
  /** Behind a transaction pooler: no statement may keep a name between transactions. */
  readonly pooled: boolean;
}

const current = new AsyncLocalStorage<{ entry: Entry; db: Db }>();

/** Opens one pool for one login. */
export function openDatabase({ url, poolSize, pooled }: Options): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    // biome-ignore lint/suspicious/noExplicitAny: the pool's types know one client class only
    Client: enteringClient(!pooled) as any,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  } as pg.PoolConfig);
  // An idle connection that the server closed is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, pooled ? {} : { statementNameGenerator: ({ sql }) => statementName(sql) }),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
    errorFormat: "minimal",
  });
  const named = ({ name, text, values }: Statement) => ({ name: pooled ? undefined : name, text, values: [...values] });

  async function pipelined(entry: Entry, statements: readonly Statement[]): Promise<pg.QueryResult[]> {
    if (current.getStore()) throw new Error("a pipelined read does not join an open transaction");
    const client = await pool.connect().catch((error: unknown) => Promise.reject(mapDatabaseError(error)));
    const sent = inOneWrite(client, () => [
      client.query("BEGIN"),
      client.query(enterStatement(entry, !pooled)),
      ...statements.map((one) => client.query(named(one))),
      client.query("COMMIT"),
    ]);
    const results = await Promise.allSettled(sent);
    const failed = results.find((result) => result.status === "rejected");
    client.release(failed && isBroken(failed.reason) ? (failed.reason as Error) : undefined);
    if (failed) throw mapDatabaseError(failed.reason);
    return results.slice(2, -1).map((result) => (result as PromiseFulfilledResult<pg.QueryResult>).value);
  }

  return {
    async transact(entry, work) {
      const open = current.getStore();
      if (open) {
        if (!sameEntry(open.entry, entry)) throw new Error(`a transaction is already open as ${open.entry.role}`);
        return work(open.db);
      }
      try {
        return await watchTransaction(entry.role, () =>
          entering.run(entry, () => prisma.$transaction((db) => current.run({ entry, db }, () => work(db)))),
        );
      } catch (error) {
        throw mapDatabaseError(error);
      }
    },
    pipeline: (entry, statements) => watchTransaction(entry.role, () => pipelined(entry, statements)),
    async call(statement) {
      try {
        return await pool.query(named(statement));
      } catch (error) {
        throw mapDatabaseError(error);
      }
    },
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

// A server error carries a five-letter SQLSTATE and leaves the connection good after COMMIT became ROLLBACK.
function isBroken(error: unknown): boolean {
  return !/^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? "");
}

const names = new Map<string, string>();

// An empty name is an unnamed statement.
function statementName(sql: string): string {
  const known = names.get(sql);
  if (known) return known;
  // Bounded: a text that varies (an IN list of another length) must not fill the server's memory with plans.
  if (names.size >= 500) return "";
  const name = `p_${createHash("sha1").update(sql).digest("base64url").slice(0, 20)}`;
  names.set(sql, name);
  return name;
}

const opened = new Map<Login, Database>();

/** The process's database for one login, opened at first use from the environment. */
export function database(login: Login): Database {
  const known = opened.get(login);
  if (known) return known;
  const url = needEnv(login === "web" ? "CHEVET_WEB_DATABASE_URL" : "CHEVET_WORKER_DATABASE_URL");
  const fresh = openDatabase({ url, poolSize: env().DATABASE_POOL_SIZE, pooled: env().DATABASE_POOLED });
  opened.set(login, fresh);
  return fresh;
}

/** Closes what `database` opened. Used at a graceful stop. */
export async function closeDatabases(): Promise<void> {
  await Promise.all([...opened.values()].map((one) => one.close()));
  opened.clear();
}
