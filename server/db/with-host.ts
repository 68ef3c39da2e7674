import type { HostContext } from "#server/context.ts";
import { type Db, database } from "./database.ts";

/** One transaction as the host's operator, who has no privilege on any clinic's rows. */
export function withHost<T>(ctx: HostContext, work: (db: Db) => Promise<T>): Promise<T> {
  return database("web").transact({ role: "host", userId: ctx.user.id, requestId: ctx.requestId }, work);
}
