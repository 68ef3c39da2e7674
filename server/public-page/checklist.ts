import type { Db } from "#server/db/database.ts";
import type { PageBlock } from "./schema.ts";

/** What stands between the clinic and its page being public, read from what is there: true is settled. */
export async function checklist(db: Db, clinicId: string): Promise<Record<PageBlock, boolean>> {
  const [row] = await db.$queryRaw<Record<PageBlock, boolean>[]>`
    select
      exists (select from clinic.schedule_rule r join clinic.resource s on s.clinic_id = r.clinic_id and s.id = r.resource_id
        where r.clinic_id = c.clinic_id and r.kind = 'open' and r.status = 'active' and s.kind = 'practitioner' and s.status = 'active'
          and (r.valid_until is null or r.valid_until >= current_date)) as hours,
      exists (select from clinic.healthcare_service h where h.clinic_id = c.clinic_id and h.online and h.status = 'active'
        and exists (select from clinic.service_requirement r where r.clinic_id = h.clinic_id and r.service_id = h.id)) as service,
      c.privacy_officer_name <> '' and (c.privacy_officer_email <> '' or c.privacy_officer_phone <> '') as "privacyOfficer",
      exists (select from host.clinic_registration g where g.clinic_id = c.clinic_id and g.status = 'approved') as approval
    from clinic.clinic c where c.clinic_id = ${clinicId}::uuid`;
  return row ?? { hours: false, service: false, privacyOfficer: false, approval: false };
}
