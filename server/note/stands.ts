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
