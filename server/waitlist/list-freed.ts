import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { showPhone } from "#server/phone.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import { type Candidate, readCandidates } from "./read-candidates.ts";

export interface FreedTime {
  readonly id: string;
  readonly startsAt: Date;
  readonly timeZone: string;
  /** Of the visit that would take it, whatever the length of the one that left. */
  readonly durationMinutes: number;
  readonly service: string;
  readonly location: string;
  /** Empty when no practitioner leads it. */
  readonly practitioner: string;
  readonly cause: "cancelled" | "moved";
  /** While it is held for those it was offered to. */
  readonly offeredUntil: Date | null;
  readonly offers: readonly { readonly name: string; readonly status: "open" | "declined" | "withdrawn" | "taken" }[];
  readonly candidates: readonly Candidate[];
}

/**
 * The times that came free and still are, or that are offered now, each with who would take it. The fifty next. One line of the journal holds
 * the waits whose names were shown.
 */
export async function listFreed(ctx: ClinicContext): Promise<FreedTime[]> {
  requirePermission(ctx, "appointment:read");
  const clinicId = ctx.clinic.id;
  const key = await openClinicKey(clinicId);
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<(Omit<FreedTime, "candidates"> & { asked: string[] })[]>`
      select f.id, f.starts_at as "startsAt", l.time_zone as "timeZone", coalesce(s.duration_minutes, h.duration_minutes) as "durationMinutes", h.name as service, l.name as location,
        ${practitionerNameColumn} as practitioner, f.cause, s.hold_expires_at as "offeredUntil",
        array(select o.entry_id from clinic.waitlist_offer o where o.clinic_id = f.clinic_id and o.freed_time_id = f.id) as asked,
        (select coalesce(jsonb_agg(jsonb_build_object('status', o.status, 'name',
            coalesce(q.given_name || ' ' || q.family_name, r.given_name || ' ' || r.family_name, '–')) order by o.id), '[]')
          from clinic.waitlist_offer o
          left join clinic.patient q on q.clinic_id = o.clinic_id and q.id = o.patient_id
          left join clinic.request_person r on r.clinic_id = o.clinic_id and r.id = o.request_person_id
          where o.clinic_id = f.clinic_id and o.freed_time_id = f.id) as offers
      from (
        select distinct on (g.starts_at, g.resource_id, g.service_id) g.* from clinic.freed_time g
        where g.clinic_id = ${clinicId}::uuid and g.status = 'open' and g.starts_at > now()
        order by g.starts_at, g.resource_id, g.service_id, g.sitting_id is null, g.created_at desc
      ) f
      join clinic.healthcare_service h on h.clinic_id = f.clinic_id and h.id = f.service_id and h.status = 'active'
      join clinic.location l on l.clinic_id = f.clinic_id and l.id = f.location_id
      left join clinic.practitioner p on p.clinic_id = f.clinic_id and p.id = f.resource_id
      left join clinic.sitting s on s.clinic_id = f.clinic_id and s.id = f.sitting_id and s.status = 'held' and s.hold_expires_at > now()
      where s.id is not null or clinic.freed_resources(f.clinic_id, f.id, now()) is not null
      order by f.starts_at, f.id limit 50`;
    const candidates = await readCandidates(
      db,
      key,
      rows.map(({ id }) => id),
    );
    const shown = [...candidates.map(({ entryId }) => entryId), ...rows.flatMap(({ asked }) => asked)];
    const entityIds = [...new Set(shown)].sort();
    if (entityIds.length > 0) {
      const entry = { event: "waitlist.read", entity: "WaitlistEntry", entityIds, ground: "care" } as const;
      await recordRead(db, ctx, entry, { refresh: true });
    }
    const told = candidates.map((one) => ({ ...one, phone: showPhone(one.phone, ctx.locale) }));
    return rows.map(({ asked: _, ...row }) => ({
      ...row,
      candidates: told.filter(({ freedTimeId }) => freedTimeId === row.id),
    }));
  });
}
