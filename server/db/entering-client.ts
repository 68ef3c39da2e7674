import { AsyncLocalStorage } from "node:async_hooks";
import type { Writable } from "node:stream";
import pg from "pg";
import { type Entry, enterStatement } from "./entry.ts";

/** Holds the entry of the transaction that is about to begin, between `transact` and Prisma's own BEGIN. */
export const entering = new AsyncLocalStorage<Entry>();

const begun = { command: "BEGIN", rowCount: 0, oid: 0, fields: [], rows: [] };
const abortedTransaction = "25P02";

type AnyQuery = (...args: unknown[]) => unknown;

/**
 * A PostgreSQL client on which BEGIN carries the entry with it: both leave unawaited on a pipelined wire, so that becoming
 * a role costs no round trip of its own. When the entry is refused the transaction is aborted, and the next statement
 * reports the refusal itself rather than "transaction is aborted".
 */
export function enteringClient(named: boolean) {
  return class EnteringClient extends pg.Client {
    private refusal: Promise<unknown> | undefined;

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      // A server that goes away between two statements of a transaction: its next statement says so. Without a listener it would end the process.
      this.on("error", () => undefined);
    }

    // biome-ignore lint/suspicious/noExplicitAny: the driver's `query` has eight overloads, all passed through
    override query(...args: any[]): any {
      const send = super.query.bind(this) as AnyQuery;
      const entry = entering.getStore();
      if (!isBegin(args[0])) return this.refusal ? this.explain(send(...args)) : send(...args);
      if (!entry) return send(...args);
      const [begin, enter] = inOneWrite(this, () => [send("BEGIN"), send(enterStatement(entry, named))]);
      this.refusal = Promise.all([begin, enter]).then(
        () => undefined,
        (error: unknown) => error,
      );
      return Promise.resolve(begun);
    }

    private async explain(answer: unknown): Promise<unknown> {
      try {
        return await answer;
      } catch (error) {
        const refusal = await this.refusal;
        throw (error as { code?: string }).code === abortedTransaction && refusal ? refusal : error;
      }
    }
  };
}

/** What is sent within leaves as one write: each write of its own is a call of the system, and wakes the server. */
export function inOneWrite<T>(client: pg.ClientBase, send: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

function isBegin(query: unknown): boolean {
  return query === "BEGIN" || (query as { text?: string } | undefined)?.text === "BEGIN";
}
