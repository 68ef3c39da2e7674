import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { closedAddresses } from "./closed-addresses.ts";
import { ruleOrder, stillWaits, whoColumns, whoIsSeen, whoseEmail, whoWaits } from "./who-waits.ts";

/** Somebody who would take a freed time, and why they stand where they stand. */
export interface Candidate {
  readonly freedTimeId: string;
  readonly entryId: string;
  /** 1 is asked first. */
  readonly rank: number;
  readonly patientId: string | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly phone: string;
  readonly reachable: boolean;
  readonly priority: number;
  readonly since: Date;
  readonly untilDate: string | null;
  readonly soonerThan: Date | null;
}

/** The twenty first, for each of these freed times, in the order of the clinic's rule; without those it was offered to already. */
export async function readCandidates(db: Db, key: ClinicKey, freedTimeIds: readonly string[]): Promise<Candidate[]> {
  const clinicId = key.id;
  const rows = await db.$queryRaw<(Omit<Candidate, "reachable"> & { email: string })[]>`
    select * from (
      select f.id as "freedTimeId", e.id as "entryId", row_number() over (partition by f.id order by ${ruleOrder})::int as rank, ${whoColumns},
        ${whoseEmail} as email, e.priority, e.created_at as since, e.until_date::text as "untilDate", sv.starts_at as "soonerThan"
      from clinic.freed_time f
      join clinic.location l on l.clinic_id = f.clinic_id and l.id = f.location_id
      cross join lateral (select f.starts_at at time zone l.time_zone as at) w
      cross join lateral (select extract(hour from w.at)::int * 60 + extract(minute from w.at)::int as minute) m
      join clinic.healthcare_service h on h.clinic_id = f.clinic_id and h.id = f.service_id
      join clinic.waitlist_entry e on e.clinic_id = f.clinic_id and e.service_id = f.service_id
        and (e.location_id is null or e.location_id = f.location_id)
        and (cardinality(e.resource_ids) = 0 or f.resource_id = any (e.resource_ids))
        and (cardinality(e.weekdays) = 0 or extract(isodow from w.at)::int = any (e.weekdays))
        and m.minute >= e.from_minute and m.minute + h.duration_minutes <= e.until_minute
        and (e.until_date is null or w.at::date <= e.until_date)
      left join clinic.booking_policy b on b.clinic_id = f.clinic_id
      ${whoWaits}
      where f.clinic_id = ${clinicId}::uuid and f.id = any (${[...freedTimeIds]}::uuid[]) and ${stillWaits} and ${whoIsSeen}
        -- Hours that keep new patients away keep them away here too, as in the agenda; a service for known ones is not for who says they are new.
        and not (case when p.id is null then r.new_patient and h.audience = 'existing' else false end)
        and not ((case when p.id is null then r.new_patient else not exists (
            select from clinic.appointment seen where seen.clinic_id = p.clinic_id and seen.patient_id = p.id and seen.status = 'fulfilled') end)
          and clinic.closed_to_new(f.clinic_id, f.service_id, f.resource_id, f.location_id, f.starts_at, h.duration_minutes))
        and (e.appointment_id is null or (sv.kind = 'visit' and sv.starts_at > f.starts_at))
        and not exists (select from clinic.waitlist_offer o where o.clinic_id = f.clinic_id and o.entry_id = e.id and o.freed_time_id = f.id)
    ) c where c.rank <= 20 order by c."freedTimeId", c.rank`;
  const closed = await closedAddresses(
    db,
    key,
    rows.map(({ email }) => email),
  );
  return rows.map(({ email, ...who }) => ({ ...who, reachable: email !== "" && !closed.has(email) }));
}
