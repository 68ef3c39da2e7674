import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { conditions } from "./list-referrals.ts";
import type { DeskReferralView, ListDeskReferralsInput, ReferralStatus } from "./schema.ts";

/** A request as the front desk needs it: of whom, to whom, how soon, where it stands. Why is in the letter, which it does not see. */
export interface DeskReferral {
  readonly id: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly fileNumber: string;
  /** To be told of the appointment; E.164. */
  readonly patientPhone: string;
  readonly recipient: string;
  readonly specialty: string;
  readonly priority: string;
  /** Of the directory, when they are in it; E.164. */
  readonly fax: string;
  readonly phone: string;
  readonly author: string;
  readonly status: Extract<ReferralStatus, "signed" | "sent" | "booked" | "seen">;
  /** `YYYY-MM-DD`: when it came to be so; of « booked », the appointment. */
  readonly statusOn: string;
  readonly expectedOn: string | null;
  readonly late: boolean;
  readonly version: number;
}

/** The requests that are under way, for whoever sends and books them: no word of what they say. One statement. */
export async function listDeskReferrals(
  ctx: ClinicContext,
  { view, after, most, refresh }: ListDeskReferralsInput,
): Promise<{ rows: DeskReferral[]; after: string | null }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const today = todayIn(ctx.clinic.timeZone);
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<DeskReferral[]>`
      select s.id, s.patient_id as "patientId", concat_ws(' ', p.given_name, p.family_name) as "patientName", p.file_number as "fileNumber",
        coalesce((select c.value from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.system = 'phone' and c.ended_at is null
          order by c.rank, c.id limit 1), '') as "patientPhone",
        s.recipient, s.specialty, s.priority, coalesce(d.fax, '') as fax, coalesce(d.phone, '') as phone, coalesce(m.display_name, '') as author, s.status,
        s.status_on::text as "statusOn", s.expected_on::text as "expectedOn", s.sorts_on < ${today}::date as late, s.version
      from clinic.service_request s
      join clinic.patient p on p.clinic_id = s.clinic_id and p.id = s.patient_id
      left join clinic.correspondent d on d.clinic_id = s.clinic_id and d.id = s.correspondent_id
      left join identity.membership m on m.clinic_id = s.clinic_id and m.user_id = s.author_id
      where s.clinic_id = ${clinicId}::uuid and s.status in ('signed', 'sent', 'booked', 'seen') and ${conditions(listOf[view], today)}
        and (${after ?? null}::uuid is null or (s.sorts_on, s.id) >
          (select f.sorts_on, f.id from clinic.service_request f where f.clinic_id = ${clinicId}::uuid and f.id = ${after ?? null}::uuid))
      order by s.sorts_on, s.id limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "referral.listed",
        entity: "ServiceRequest",
        entityIds: page.map(({ id }) => id),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}

const listOf = { "to-send": "to-send", open: "open", late: "late", booked: "booked" } as const satisfies Record<
  DeskReferralView,
  string
>;
