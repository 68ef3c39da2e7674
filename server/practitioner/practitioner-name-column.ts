import { sql } from "#server/db/sql.ts";

/** `practitionerName` of the row `p` of clinic.practitioner; empty when there is none. */
export const practitionerNameColumn = sql`concat_ws(' ', nullif(p.prefix, ''), p.given_name, p.family_name)`;
