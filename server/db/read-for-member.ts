import type { RequestContext } from "#server/context.ts";
import { database, type Statement } from "./database.ts";

/**
 * Statements as staff, in one round trip, in the name of a member who is not there: what they asked to be sent, for as long as they belong.
 * The caller must have been shown a secret that this very member made.
 * @throws NotFound when the person is no longer an active member
 */
export async function readForMember(
  member: { clinicId: string; userId: string },
  { requestId }: RequestContext,
  statements: readonly Statement[],
): Promise<unknown[][]> {
  const entry = { role: "staff", ...member, requestId } as const;
  const results = await database("web").pipeline(entry, statements);
  return results.map(({ rows }) => rows as unknown[]);
}
