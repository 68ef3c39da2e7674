import { sql } from "#server/db/sql.ts";

/** Unread is looked for in what was written in these days: what is older was seen, or is seen in the list. */
export const unreadDays = 90;

/** Of `d` (discussion): `keys` are what is for the reader, `me` who they are. */
export const isMine = (keys: readonly string[]) => sql`exists (
  select from clinic.discussion_participant w where w.clinic_id = d.clinic_id and w.discussion_id = d.id and w.participant = any(${keys}::text[]))`;

export const isUnread = (me: string) => sql`exists (
  select from clinic.discussion_message u where u.clinic_id = d.clinic_id and u.discussion_id = d.id and u.author_id <> ${me}::uuid
    and u.created_at > coalesce((select r.read_until from clinic.discussion_reading r
      where r.clinic_id = d.clinic_id and r.discussion_id = d.id and r.author_id = ${me}::uuid), '-infinity'))`;
