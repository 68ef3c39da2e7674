import { type Db, database } from "./database.ts";

/**
 * One transaction of one clinic by the role that may delete and that sees past roles: whoever moves a clinic, the erasure of what a
 * clinic may keep no longer, and the joining of two records. Only the worker becomes it.
 * @param userId on whose order, when somebody gave one: earlier versions of what it changes say so
 */
export function withMover<T>(clinicId: string, work: (db: Db) => Promise<T>, userId?: string): Promise<T> {
  return database("worker").transact({ role: "mover", clinicId, userId }, work);
}
