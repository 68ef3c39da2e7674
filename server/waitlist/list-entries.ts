import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { showPhone } from "#server/phone.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import { closedAddresses } from "./closed-addresses.ts";
import type { ListEntriesInput } from "./schema.ts";
import { ruleOrder, stillWaits, whoColumns, whoIsSeen, whoseEmail, whoWaits } from "./who-waits.ts";

export interface EntryRecord {
  readonly id: string;
  /** Null until staff match who asked on the public page. */
  readonly patientId: string | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly phone: string;
  /** An offer can be written to them. */
  readonly reachable: boolean;
  readonly serviceId: string;
  readonly service: string;
  readonly locationId: string | null;
  readonly location: string | null;
  readonly resourceIds: readonly string[];
  readonly practitioners: readonly string[];
  readonly weekdays: readonly number[];
  readonly fromMinute: number;
  readonly untilMinute: number;
  /** `YYYY-MM-DD` */
  readonly untilDate: string | null;
  readonly priority: number;
  readonly note: string;
  readonly source: "staff" | "online";
  readonly since: Date;
  /** The visit that would be brought forward. */
  readonly soonerThan: Date | null;
  /** Offers that wait for an answer. */
  readonly offers: number;
  readonly version: number;
}

/** Who waits, in the order of the clinic's rule, a page at a time. */
export async function listEntries(
  ctx: ClinicContext,
  { after, most, serviceId }: ListEntriesInput,
): Promise<{ rows: EntryRecord[]; after: string | null }> {
  requirePermission(ctx, "appointment:read");
  const clinicId = ctx.clinic.id;
  const key = await openClinicKey(clinicId);
  return withStaff(ctx, async (db) => {
    const from = sql`
      from clinic.waitlist_entry e
      left join clinic.booking_policy b on b.clinic_id = e.clinic_id
      ${whoWaits}`;
    const rows = await db.$queryRaw<(Omit<EntryRecord, "reachable"> & { email: string })[]>`
      select e.id, ${whoColumns}, ${whoseEmail} as email, e.service_id as "serviceId", h.name as service,
        e.location_id as "locationId", l.name as location, e.resource_ids as "resourceIds",
        array(select ${practitionerNameColumn} from clinic.practitioner p where p.clinic_id = e.clinic_id and p.id = any (e.resource_ids)
          order by p.family_name, p.given_name) as practitioners,
        e.weekdays, e.from_minute as "fromMinute", e.until_minute as "untilMinute", e.until_date::text as "untilDate", e.priority, e.note,
        e.source, e.created_at as since, sv.starts_at as "soonerThan", e.version,
        (select count(*)::int from clinic.waitlist_offer o where o.clinic_id = e.clinic_id and o.entry_id = e.id and o.status = 'open'
          and o.expires_at > now()) as offers
      ${from}
      join clinic.healthcare_service h on h.clinic_id = e.clinic_id and h.id = e.service_id
      left join clinic.location l on l.clinic_id = e.clinic_id and l.id = e.location_id
      where e.clinic_id = ${clinicId}::uuid and ${stillWaits} and ${whoIsSeen}
        and (${serviceId ?? null}::uuid is null or e.service_id = ${serviceId ?? null}::uuid)
        and (e.until_date is null or e.until_date >= current_date)
        and (${after ?? null}::uuid is null or (${ruleOrder}) > (select ${ruleOrder} ${from} where e.clinic_id = ${clinicId}::uuid and e.id = ${after ?? null}::uuid))
      order by ${ruleOrder} limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordAudit(db, ctx, {
      event: "waitlist.read",
      action: "R",
      entity: "WaitlistEntry",
      entityIds: page.map(({ id }) => id),
      ground: "care",
    });
    const closed = await closedAddresses(
      db,
      key,
      page.map(({ email }) => email),
    );
    const reached = page.map(({ email, ...row }) => ({
      ...row,
      phone: showPhone(row.phone, ctx.locale),
      reachable: email !== "" && !closed.has(email),
    }));
    return { rows: reached, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}
