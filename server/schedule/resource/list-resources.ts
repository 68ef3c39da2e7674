import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import type { ResourceKind } from "../service/schema.ts";

export interface ResourceRecord {
  readonly id: string;
  readonly kind: ResourceKind;
  /** « Dre Anne-Sophie Gagnon », « Salle 2 ». */
  readonly name: string;
  /** A room's or a device's; '' for a practitioner. */
  readonly type: string;
  /** A practitioner's; null for the others. */
  readonly profession: string | null;
  /** Where a room or a device stands; null for a practitioner. */
  readonly locationId: string | null;
  readonly status: "active" | "inactive";
  readonly version: number;
  readonly lastUpdated: Date;
}

/**
 * Everybody and everything that a visit may need, those in service first: every screen of the schedule names them, so all come at once,
 * in one statement. A clinic has some dozens; a thousand is the most that is shown.
 */
export async function listResources(ctx: ClinicContext): Promise<ResourceRecord[]> {
  requirePermission(ctx, "schedule:read");
  return readAsStaff<ResourceRecord>(ctx, {
    name: "chevet_list_resources",
    text: `select r.id, r.kind, r.type, p.profession, r.location_id as "locationId", r.version, r.last_updated as "lastUpdated",
        coalesce(nullif(${practitionerNameColumn.sql}, ''), r.name) as name,
        case when r.status = 'active' and coalesce(p.status, 'active') = 'active' then 'active' else 'inactive' end as status
      from clinic.resource r
      left join clinic.practitioner p on p.clinic_id = r.clinic_id and p.id = r.practitioner_id
      where r.clinic_id = $1
      order by 9, array_position(array['practitioner', 'room', 'device'], r.kind), p.family_name, p.given_name, r.name, r.id limit 1000`,
    values: [ctx.clinic.id],
  });
}
