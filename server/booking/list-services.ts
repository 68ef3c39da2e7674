import type { VisitorContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { hashServiceCode } from "#server/schedule/service/service-code.ts";
import type { visitModes } from "./schema.ts";

export interface BookableService {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly description: string;
  readonly descriptionEn: string;
  readonly durationMinutes: number;
  /** Null: not said. Never there for an insured service. */
  readonly priceCents: number | null;
  readonly insured: boolean;
  readonly modes: readonly (typeof visitModes)[number][];
  readonly audience: "anyone" | "new" | "existing" | "code";
  readonly group: boolean;
  /** Who may give it; empty when it is no matter of a person. */
  readonly practitionerIds: readonly string[];
}

export interface BookablePractitioner {
  readonly id: string;
  readonly prefix: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly profession: string;
}

export interface BookableLocation {
  readonly id: string;
  readonly name: string;
  readonly addressLine: string;
  readonly city: string;
  readonly postalCode: string;
  readonly phone: string;
  readonly timeZone: string;
}

export interface Bookable {
  readonly services: readonly BookableService[];
  readonly practitioners: readonly BookablePractitioner[];
  readonly locations: readonly BookableLocation[];
  readonly holdMinutes: number;
}

type Row = Omit<Bookable, "services"> & {
  readonly services: readonly (BookableService & { codeHash: string | null })[];
};

/**
 * What a visitor may book, by whom and where, in one round trip; whom and what the page leaves off is named here no more than there. A service that is booked by code is there only for whoever types it.
 * @throws NotFound when the clinic shows no page; LimitReached when codes are tried
 */
export async function listServices(ctx: VisitorContext, { code }: { code: string }): Promise<Bookable> {
  if (code) await consumeLimit("booking-service-code", addressKey(ctx.origin.address));
  const key = code ? await openClinicKey(ctx.clinic.id) : null;
  const [row] = await queryAsVisitor<Row>(ctx, { name: "chevet_bookable", text, values: [ctx.clinic.id] });
  if (!row) throw new Error("a row of lists is always there");
  const opens = (service: Row["services"][number]) =>
    service.codeHash === null ||
    (key !== null && Buffer.from(hashServiceCode(key, service.id, code)).toString("hex") === service.codeHash);
  const services = row.services.filter(opens).map(({ codeHash: _, ...service }) => service);
  const used = new Set(services.flatMap(({ practitionerIds }) => practitionerIds));
  return { ...row, services, practitioners: row.practitioners.filter(({ id }) => used.has(id)) };
}

const text = `
  with page as (select coalesce((select g.published from clinic.public_page g where g.clinic_id = $1), '{}') as content)
  select
    (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'nameEn', h.name_en, 'description', h.description,
        'descriptionEn', h.description_en, 'durationMinutes', h.duration_minutes, 'priceCents', case when h.cost_shown then h.price_cents end,
        'insured', h.insured, 'modes', h.modes, 'audience', h.audience, 'group', h.capacity > 1, 'codeHash', encode(h.code_hash, 'hex'),
        'practitionerIds', (
          select coalesce(jsonb_agg(p.id order by p.family_name, p.given_name), '[]')
          from clinic.service_requirement r
          join clinic.service_candidate c on c.clinic_id = r.clinic_id and c.requirement_id = r.id
          join clinic.practitioner p on p.clinic_id = c.clinic_id and p.id = c.resource_id
          where r.clinic_id = h.clinic_id and r.service_id = h.id and r.kind = 'practitioner'
            and not exists (select from clinic.service_requirement q where q.clinic_id = r.clinic_id and q.service_id = r.service_id and q.rank < r.rank)
            and not coalesce(page.content -> 'hiddenPractitioners' ? p.id::text, false)
        )) order by h.rank, h.name), '[]')
      from clinic.healthcare_service h
      where h.clinic_id = $1 and h.online and not coalesce(page.content -> 'hiddenServices' ? h.id::text, false)) as services,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'prefix', p.prefix, 'givenName', p.given_name, 'familyName', p.family_name,
        'profession', p.profession) order by p.family_name, p.given_name), '[]')
      from clinic.practitioner p
      where p.clinic_id = $1 and not coalesce(page.content -> 'hiddenPractitioners' ? p.id::text, false)) as practitioners,
    (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'addressLine', l.address_line, 'city', l.city,
        'postalCode', l.postal_code, 'phone', l.phone, 'timeZone', l.time_zone) order by l.name), '[]')
      from clinic.location l where l.clinic_id = $1) as locations,
    coalesce((select b.hold_minutes from clinic.booking_policy b where b.clinic_id = $1), 10) as "holdMinutes"
  from page`;
