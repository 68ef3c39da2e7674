import type { RequestContext, SystemContext } from "#server/context.ts";
import { type Db, database, type Statement } from "./database.ts";
import type { Entry } from "./entry.ts";

/** The keys that open rows of `identity`: each shows its own row (or its own person's) and nothing else. */
export type AuthKeys = Pick<Entry, "userId" | "sessionHash" | "tokenHash" | "secretId" | "email" | "slug" | "clinicId">;

/** One transaction on identity alone, seeing what the given keys open. */
export function withAuth<T>(
  keys: AuthKeys,
  ctx: RequestContext | SystemContext,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return database("job" in ctx ? "worker" : "web").transact({ role: "auth", requestId: ctx.requestId, ...keys }, work);
}

/** The rows of one statement on identity, seeing what the given keys open; BEGIN, enter and COMMIT travel with it in one round trip. */
export async function readAsAuth<Row>(keys: AuthKeys, ctx: RequestContext, statement: Statement): Promise<Row[]> {
  const [result] = await database("web").pipeline({ role: "auth", requestId: ctx.requestId, ...keys }, [statement]);
  return (result?.rows ?? []) as Row[];
}
