import type { Db } from "#server/db/database.ts";
import type { PageBlock } from "./schema.ts";

/** Who reads the page will not know where to come: `in-person` when some of what is online is given there, `remote` when none is. */
export type AddressMissing = "in-person" | "remote";

/**
 * No place that the page shows has an address. Told, never in the way: who goes to people's homes, or only writes and calls, has none to
 * give; only the clinic knows.
 */
export async function addressMissing(
  db: Db,
  clinicId: string,
  hidden: { readonly hiddenLocations: readonly string[]; readonly hiddenServices: readonly string[] },
): Promise<AddressMissing | null> {
  const [row] = await db.$queryRaw<{ told: boolean; inPerson: boolean }[]>`
    select
      exists (select from clinic.location l where l.clinic_id = ${clinicId}::uuid and l.status = 'active' and l.address_line <> ''
        and l.id <> all (${hidden.hiddenLocations}::uuid[])) as told,
      exists (select from clinic.healthcare_service h where h.clinic_id = ${clinicId}::uuid and h.status = 'active' and h.online
        and 'in-person' = any (h.modes) and h.id <> all (${hidden.hiddenServices}::uuid[])) as "inPerson"`;
  if (!row || row.told) return null;
  return row.inPerson ? "in-person" : "remote";
}

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
