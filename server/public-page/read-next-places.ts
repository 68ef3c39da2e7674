import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { nextPlace, type PlaceRow } from "./page-rows.ts";
import type { NextPlacesInput } from "./schema.ts";

export interface NextPlace {
  readonly serviceId: string;
  readonly practitionerId: string;
  readonly place: PlaceRow | null;
}

/**
 * The first place of each person who gives a service, or of each service that a person gives: what a link to one of them shows.
 * Nothing for what is not on the page. Forty pairs are the most.
 */
export function readNextPlaces(ctx: VisitorContext, input: NextPlacesInput): Promise<NextPlace[]> {
  return queryAsVisitor<NextPlace>(ctx, {
    name: "chevet_next_places",
    text: `
select h.id as "serviceId", p.id as "practitionerId", ${nextPlace("array[p.id]")} as place
from (
  select distinct h.id as service_id, d.resource_id
  from clinic.public_page g
  join clinic.healthcare_service h on h.clinic_id = g.clinic_id and h.online and not coalesce(g.published -> 'hiddenServices' ? h.id::text, false)
  join clinic.service_requirement r on r.clinic_id = h.clinic_id and r.service_id = h.id and r.kind = 'practitioner'
  join clinic.service_candidate d on d.clinic_id = r.clinic_id and d.requirement_id = r.id
  where g.clinic_id = $1 and not coalesce(g.published -> 'hiddenPractitioners' ? d.resource_id::text, false)
    and ($2::uuid is null or h.id = $2) and ($3::uuid is null or d.resource_id = $3) and ($2 is not null or $3 is not null)
  order by 1, 2 limit 40
) pair
join clinic.healthcare_service h on h.clinic_id = $1 and h.id = pair.service_id
join clinic.practitioner p on p.clinic_id = $1 and p.id = pair.resource_id
order by h.rank, h.name, p.family_name, p.given_name`,
    values: [ctx.clinic.id, input.serviceId ?? null, input.practitionerId ?? null],
  });
}
