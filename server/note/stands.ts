import type { Db } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";

/**
 * That the signed version `n` of a note, or of an addendum, stands for whoever asks: of its versions, none that they may read was signed after it. A
 * correction that is for others takes the place of nothing for them.
 */
export const stands: Sql = standsAs(sql`n`);

/** The same of another name in the statement. */
export function standsAs(n: Sql): Sql {
  return sql`(${n}.status in ('final', 'amended') and not exists (
    select from clinic.note later where later.clinic_id = ${n}.clinic_id and later.relation = 'correction' and later.status in ('final', 'amended')
      and later.amends_id = case when ${n}.relation = 'correction' then ${n}.amends_id else ${n}.id end
      and (later.signed_at, later.id) > (${n}.signed_at, ${n}.id)))`;
}

/** The status of `n` for whoever asks: « amended » is said of a signed version whose correction they may read, and of no other. */
export const statusTold: Sql = sql`case when n.status not in ('final', 'amended') then n.status when ${stands} then 'final' else 'amended' end`;

/** The version number of `n` for whoever asks, as if a correction that is hidden from them had not been counted in it. */
export const versionTold: Sql = sql`(n.version - case when n.status = 'amended' and ${stands} then 1 else 0 end)`;

/** That number again, of one note, to hold a change against what was on the screen. */
export async function readVersionTold(db: Db, clinicId: string, id: string): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ version: number }[]>`
    select ${versionTold} as version from clinic.note n where n.clinic_id = ${clinicId}::uuid and n.id = ${id}::uuid`;
  return row?.version;
}
