import type { Role } from "#server/access/permissions.ts";
import type { UserContext } from "#server/context.ts";
import { database } from "#server/db/database.ts";

export interface MyClinic {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
  readonly status: "pending" | "approved" | "suspended";
}

/** The clinics that this session opens, oldest membership first; at most 200. */
export async function listMyClinics(ctx: UserContext): Promise<MyClinic[]> {
  const result = await database("web").call({
    name: "chevet_list_clinics",
    text: "select reference.list_clinics($1) as clinics",
    values: [Buffer.from(ctx.sessionHash)],
  });
  return result.rows[0]?.clinics ?? [];
}
