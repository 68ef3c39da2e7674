import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { notFound } from "#server/errors.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";

export interface OfferView {
  /** `taken`: another was faster. */
  readonly state: "open" | "accepted" | "declined" | "taken" | "expired";
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly expiresAt: Date;
  readonly service: string;
  readonly serviceEn: string;
  readonly practitioner: string;
  readonly location: string;
  readonly address: string;
  /** The clinic's own phone, for who would rather call. */
  readonly phone: string;
  readonly clinicName: string;
  /** The visit that accepting brings forward; null when it books a new one. */
  readonly movesFrom: Date | null;
}

/** What an offer's link opens. Reading it takes nothing: mail scanners open every link. @throws NotFound for a link of no offer */
export async function readOffer(ctx: VisitorContext): Promise<OfferView> {
  const [offer] = await queryAsVisitor<OfferView>(ctx, {
    name: "chevet_read_offer",
    text: `
      select case when o.status <> 'open' then case o.status when 'withdrawn' then 'expired' else o.status end
          when t.status = 'held' and t.hold_expires_at > now() and o.expires_at > now() then 'open'
          when t.status = 'booked' then 'taken' else 'expired' end as state,
        o.starts_at as "startsAt", o.ends_at as "endsAt", coalesce(l.time_zone, g.time_zone) as "timeZone", o.expires_at as "expiresAt",
        coalesce(h.name, '') as service, coalesce(h.name_en, '') as "serviceEn",
        ${practitionerNameColumn.sql} as practitioner,
        coalesce(l.name, '') as location, concat_ws(', ', nullif(l.address_line, ''), nullif(l.city, ''), nullif(l.postal_code, '')) as address,
        coalesce(l.phone, '') as phone, g.display_name as "clinicName", v.starts_at as "movesFrom"
      from clinic.waitlist_offer o
      join host.clinic_registration g on g.clinic_id = o.clinic_id
      left join clinic.sitting t on t.clinic_id = o.clinic_id and t.id = o.sitting_id
      left join clinic.location l on l.clinic_id = o.clinic_id and l.id = o.location_id
      left join clinic.healthcare_service h on h.clinic_id = o.clinic_id and h.id = o.service_id
      left join clinic.practitioner p on p.clinic_id = o.clinic_id and p.id = o.resource_id
      left join clinic.appointment a on a.clinic_id = o.clinic_id and a.id = o.appointment_id and o.status = 'open'
      left join clinic.sitting v on v.clinic_id = o.clinic_id and v.id = a.sitting_id
      where o.clinic_id = $1 and o.token_hash = $2`,
    values: [ctx.clinic.id, ctx.tokenHash ? Buffer.from(ctx.tokenHash) : null],
  });
  if (!offer) throw notFound();
  return offer;
}
