import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { showPhone } from "#server/phone.ts";
import type { LocationRecord } from "./record.ts";

/** Every screen that names a place asks for this: one statement, as `readLocations` reads inside a verb. */
export async function listLocations(ctx: ClinicContext): Promise<LocationRecord[]> {
  requirePermission(ctx, "location:list");
  const rows = await readAsStaff<LocationRecord>(ctx, {
    name: "chevet_list_locations",
    text: `select id, name, address_line as "addressLine", city, postal_code as "postalCode", phone, time_zone as "timeZone",
        status, version, last_updated as "lastUpdated"
      from clinic.location where clinic_id = $1 order by status, name limit 200`,
    values: [ctx.clinic.id],
  });
  return rows.map((row) => ({ ...row, phone: showPhone(row.phone) }));
}
