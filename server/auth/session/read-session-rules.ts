import { database } from "#server/db/database.ts";

export interface SessionRules {
  readonly idleMinutes: number;
  readonly requireSecondFactor: boolean;
}

/** The strictest rules among this person's clinics: what their sessions obey. */
export async function readSessionRules(userId: string): Promise<SessionRules> {
  const result = await database("web").call({
    name: "chevet_session_rules",
    text: "select reference.session_rules($1) as rules",
    values: [userId],
  });
  return result.rows[0].rules;
}
