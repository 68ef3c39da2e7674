import { type Db, database } from "./database.ts";

/**
 * One transaction of one clinic by the role that may delete: whoever moves a clinic, and the erasure of what a clinic may keep no longer. Only the
 * worker becomes it.
 */
export function withMover<T>(clinicId: string, work: (db: Db) => Promise<T>): Promise<T> {
  return database("worker").transact({ role: "mover", clinicId }, work);
}
