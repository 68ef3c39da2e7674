import { type Db, database } from "./database.ts";

/** The journal of events that belong to no clinic (sign-ins) has a chain of its own, under this id. */
export const platformJournal = "00000000-0000-0000-0000-000000000000";

/** One transaction that reads one journal and adds to its chain. */
export function withSealer<T>(clinicId: string, work: (db: Db) => Promise<T>): Promise<T> {
  return database("worker").transact({ role: "sealer", clinicId }, work);
}
