import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { showPhone } from "#server/phone.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import type { AttemptKind, ListRecallsInput } from "./schema.ts";

export interface RecallRecord {
  readonly id: string;
  readonly patientId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly phone: string;
  readonly email: string;
  readonly serviceId: string | null;
  readonly service: string | null;
  readonly practitionerId: string | null;
  readonly practitioner: string | null;
  /** `YYYY-MM-DD` */
  readonly dueOn: string;
  /** Days since it was due; negative for what is to come. */
  readonly lateBy: number;
  readonly reason: string;
  /** The newest first. */
  readonly attempts: readonly {
    readonly kind: AttemptKind;
    readonly note: string;
    readonly at: string;
    readonly by: string;
  }[];
  /** A visit was booked since, and not called off. */
  readonly answered: boolean;
  /** When that visit is; null, too, where it is at a place that is not the reader's to see. */
  readonly visitAt: Date | null;
  readonly version: number;
}

/** A recall says no place: of somebody limited to some, those of a practitioner whose hours are all elsewhere are another's work. */
const givenHere = sql`(nullif(current_setting('app.locations', true), '') is null or e.practitioner_id is null
  or not exists (select from clinic.schedule_rule r where r.clinic_id = e.clinic_id and r.resource_id = e.practitioner_id and r.kind = 'open' and r.status = 'active')
  or exists (select from clinic.schedule_rule r where r.clinic_id = e.clinic_id and r.resource_id = e.practitioner_id and r.kind = 'open' and r.status = 'active'
    and position(r.location_id::text in current_setting('app.locations', true)) > 0))`;

/**
 * Who is to be seen again, the longest overdue first, a page at a time. A visit that was booked since the recall was written, for its service
 * where it names one, answers it by itself: called off, the recall is back.
 */
export async function listRecalls(
  ctx: ClinicContext,
  { after, most, state }: ListRecallsInput,
): Promise<{ rows: RecallRecord[]; after: string | null }> {
  requirePermission(ctx, "appointment:read");
  const clinicId = ctx.clinic.id;
  const today = todayIn(ctx.clinic.timeZone);
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<RecallRecord[]>`
      select e.id, e.patient_id as "patientId", p.given_name as "givenName", p.family_name as "familyName",
        coalesce((select c.value from clinic.patient_contact c where c.clinic_id = e.clinic_id and c.patient_id = e.patient_id and c.system = 'phone'
          and c.ended_at is null order by c.rank, c.id limit 1), '') as phone,
        coalesce((select c.value from clinic.patient_contact c where c.clinic_id = e.clinic_id and c.patient_id = e.patient_id and c.system = 'email'
          and c.ended_at is null order by c.rank, c.id limit 1), '') as email,
        e.service_id as "serviceId", h.name as service, e.practitioner_id as "practitionerId", 
        (select ${practitionerNameColumn} from clinic.practitioner p where p.clinic_id = e.clinic_id and p.id = e.practitioner_id) as practitioner,
        e.due_on::text as "dueOn", ${today}::date - e.due_on as "lateBy", e.reason, e.version, v.id is not null as answered, v.starts_at as "visitAt",
        (select coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'note', a.note, 'at', a.created_at, 'by', coalesce(m.display_name, '')) order by a.created_at desc, a.id desc), '[]')
          from clinic.recall_attempt a
          left join identity.membership m on m.clinic_id = a.clinic_id and m.user_id = a.author_id
          where a.clinic_id = e.clinic_id and a.recall_id = e.id) as attempts
      from clinic.recall e
      join clinic.patient p on p.clinic_id = e.clinic_id and p.id = e.patient_id
      left join clinic.healthcare_service h on h.clinic_id = e.clinic_id and h.id = e.service_id
      left join lateral (
        -- At a place that is not theirs to see, the reader learns that a visit answers it, and not when.
        select b.id, s.starts_at from clinic.appointment b left join clinic.sitting s on s.clinic_id = b.clinic_id and s.id = b.sitting_id
        where b.clinic_id = e.clinic_id and b.patient_id = e.patient_id and b.status in ('booked', 'arrived', 'checked-in', 'fulfilled')
          and b.created_at >= e.created_at and (e.service_id is null or s.id is null or s.service_id = e.service_id)
        order by s.starts_at limit 1
      ) v on true
      where e.clinic_id = ${clinicId}::uuid and e.status = 'open'
        and case ${state} when 'booked' then v.id is not null when 'due' then v.id is null and e.due_on <= ${today}::date
          else v.id is null and e.due_on > ${today}::date end
        and ${givenHere}
        and (${after ?? null}::uuid is null or (e.due_on, e.id) > (select f.due_on, f.id from clinic.recall f where f.clinic_id = ${clinicId}::uuid and f.id = ${after ?? null}::uuid))
      order by e.due_on, e.id limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordAudit(db, ctx, {
      event: "recall.read",
      action: "R",
      entity: "Recall",
      entityIds: page.map(({ id }) => id),
      ground: "care",
    });
    return {
      rows: page.map((row) => ({ ...row, phone: showPhone(row.phone, ctx.locale) })),
      after: rows.length > most ? (page.at(-1)?.id ?? null) : null,
    };
  });
}
