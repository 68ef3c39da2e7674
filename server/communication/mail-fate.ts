import { sql } from "#server/db/sql.ts";

/**
 * How the sending `t` fares, as the ledger of mails `l` says of a link: refused, come back later, or nobody knows. It is composed, hence « sent », before
 * the mail server says a word. One that was opened has arrived, whatever was said of its mail.
 */
export const fate = sql`case when t.channel = 'link' and t.status = 'sent' and t.opened_at is null and l.state is not null then
    case l.state when 'pending' then 'queued' when 'cancelled' then 'failed' else l.state end else t.status end`;
export const fateCode = sql`coalesce(t.error_code, l.error_code)`;
/** To be joined left to `t`. */
export const mailOf = sql`queue.delivery l on l.id = t.mail_id and l.clinic_id = t.clinic_id`;
