import { requirePermission } from "#server/access/require-permission.ts";
import { readOf } from "#server/audit/read-of.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { RequestView } from "#server/letter/record.ts";
import { requestColumns } from "#server/letter/request-columns.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import type { ListReferralsInput, OpenReferralsInput, ReferralView } from "./schema.ts";

export interface ReferralLine extends RequestView {
  readonly patientId: string;
  readonly patientName: string;
  readonly author: string;
  /** The reader has no ground to open this chart and did not write it: subject, the notes of its steps and what answered it are left out. */
  readonly withheld: boolean;
  readonly subject: string;
  readonly documentId: string | null;
  /** Of the directory, when they are in it and the letter is signed. */
  readonly correspondentId: string | null;
  readonly letterVersion: number;
}

/** Each in the words of an index: the states, then when an answer is expected (drafts stand before them, without a day). */
export const conditions = (view: ReferralView, today: string): Sql =>
  ({
    open: sql`s.status in ('draft', 'signed', 'sent', 'booked', 'seen')`,
    late: sql`s.status in ('signed', 'sent', 'booked', 'seen') and s.sorts_on < ${today}::date`,
    "to-send": sql`s.status in ('draft', 'signed')`,
    booked: sql`s.status = 'booked'`,
    answered: sql`s.status = 'report-received'`,
    cancelled: sql`s.status = 'cancelled'`,
  })[view];

/**
 * The clinic's requests, the soonest expected first and drafts before them, a page at a time: one statement. Of a chart for which the reader has no
 * ground they say what whoever sends and books them reads, and no more.
 */
export async function listReferrals(
  ctx: ClinicContext,
  { view, mine, after, most, refresh }: ListReferralsInput,
): Promise<{ rows: ReferralLine[]; after: string | null }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const today = todayIn(ctx.clinic.timeZone);
  return withStaff(ctx, async (db) => {
    const found = await db.$queryRaw<{ one: ReferralLine }[]>`
      select ${requestColumns(today, sql`g.lacks`)} || jsonb_build_object('patientId', s.patient_id, 'patientName', concat_ws(' ', p.given_name, p.family_name),
        'author', coalesce(m.display_name, ''), 'withheld', g.lacks,
        'subject', case when g.lacks then '' else coalesce(l.content ->> 'subject', d.content ->> 'subject', '') end, 'documentId', l.document_id, 'correspondentId', l.correspondent_id,
        'letterVersion', l.version) as one
      from clinic.service_request s
      join clinic.patient p on p.clinic_id = s.clinic_id and p.id = s.patient_id
      join clinic.letter l on l.clinic_id = s.clinic_id and l.id = s.letter_id
      join clinic.letter_draft d on d.clinic_id = l.clinic_id and d.letter_id = l.id
      left join identity.membership m on m.clinic_id = s.clinic_id and m.user_id = s.author_id
      cross join lateral (select s.author_id <> ${ctx.user.id}::uuid and clinic.lacks_ground(s.patient_id) as lacks offset 0) g
      where s.clinic_id = ${clinicId}::uuid and ${conditions(view, today)} and (not ${mine} or s.author_id = ${ctx.user.id}::uuid)
        and (${after ?? null}::uuid is null or (s.sorts_on, s.id) >
          (select f.sorts_on, f.id from clinic.service_request f where f.clinic_id = ${clinicId}::uuid and f.id = ${after ?? null}::uuid))
      order by s.sorts_on, s.id limit ${most + 1}`;
    const rows = found.map(({ one }) => one);
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "referral.listed",
        entity: "ServiceRequest",
        ...readOf(page),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}

/** A request that a document that comes in may answer. */
export interface OpenReferral {
  readonly id: string;
  readonly specialty: string;
  readonly recipient: string;
  readonly status: string;
  /** `YYYY-MM-DD` */
  readonly since: string;
  readonly version: number;
}

/** The requests of one patient that wait for an answer, the oldest first. */
export async function openReferrals(ctx: ClinicContext, { patientId }: OpenReferralsInput): Promise<OpenReferral[]> {
  requirePermission(ctx, "chart:read");
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<OpenReferral[]>`
      select s.id, s.specialty, s.recipient, s.status, s.status_on::text as since, s.version from clinic.service_request s
      where s.clinic_id = ${ctx.clinic.id}::uuid and s.patient_id = ${patientId}::uuid and s.status in ('sent', 'booked', 'seen')
      order by s.id limit 20`;
    await recordRead(
      db,
      ctx,
      {
        event: "referral.listed",
        entity: "ServiceRequest",
        entityIds: rows.map(({ id }) => id),
        patientId,
        ground: groundOf(ctx),
      },
      { refresh: true },
    );
    return rows;
  });
}
