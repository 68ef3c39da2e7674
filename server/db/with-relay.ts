import { type Db, database } from "./database.ts";

/** One transaction that sees what is due in every clinic: clinic, id and time, and nothing about anybody. */
export function withRelay<T>(work: (db: Db) => Promise<T>): Promise<T> {
  return database("worker").transact({ role: "relay" }, work);
}
