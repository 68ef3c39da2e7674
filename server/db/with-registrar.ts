import type { RequestContext } from "#server/context.ts";
import { type Db, database } from "./database.ts";

/** The ids that one sign-up makes; the transaction can insert under these and do nothing else. */
export interface SignUpIds {
  readonly clinicId: string;
  readonly userId: string;
  /** The mailed code that the sign-up spends in the same transaction. */
  readonly secretId?: string;
}

/** One transaction that opens a clinic, whole or not at all. */
export function withRegistrar<T>(ids: SignUpIds, ctx: RequestContext, work: (db: Db) => Promise<T>): Promise<T> {
  return database("web").transact({ role: "registrar", requestId: ctx.requestId, ...ids }, work);
}
