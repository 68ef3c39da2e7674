import type { VisitorContext } from "#server/context.ts";
import { type Db, database, type Statement } from "./database.ts";
import type { Entry } from "./entry.ts";

/**
 * One transaction as a visitor of the context's clinic: what the clinic publishes, and the hold or the visit that the token opens.
 * @throws Forbidden when the clinic shows no page and the token opens no visit
 */
export function withVisitor<T>(ctx: VisitorContext, work: (db: Db) => Promise<T>): Promise<T> {
  return database("web").transact(visitorEntry(ctx), work);
}

/** The rows of one statement as a visitor; BEGIN, enter and COMMIT travel with it in one round trip. */
export async function queryAsVisitor<Row>(ctx: VisitorContext, statement: Statement): Promise<Row[]> {
  const [result] = await database("web").pipeline(visitorEntry(ctx), [statement]);
  return (result?.rows ?? []) as Row[];
}

function visitorEntry({ clinic, requestId, tokenHash }: VisitorContext): Entry {
  return { role: "visitor", clinicId: clinic.id, requestId, tokenHash };
}
