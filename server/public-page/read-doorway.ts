import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { notFound } from "#server/errors.ts";

/** What a link to a part of the page names. */
export interface PagePart {
  readonly kind: "services" | "soignants";
  readonly id: string;
}

export interface Doorway {
  /** The sites that may frame this clinic's page. */
  readonly frameOrigins: readonly string[];
  /** Whether the page shows the part that was asked for; true where none was. */
  readonly shown: boolean;
}

/** What is to be known before a page is drawn: who may frame it, and whether there is one. @throws NotFound when the clinic shows none */
export async function readDoorway(ctx: VisitorContext, part?: PagePart): Promise<Doorway> {
  const [row] = await queryAsVisitor<Doorway>(ctx, {
    name: "chevet_read_doorway",
    text: `
select g.frame_origins as "frameOrigins", case $2::text
    when 'services' then exists (select from clinic.healthcare_service h where h.clinic_id = $1 and h.id = $3::uuid and h.online
      and h.status = 'active' and not coalesce(g.published -> 'hiddenServices' ? h.id::text, false))
    when 'soignants' then exists (select from clinic.practitioner p where p.clinic_id = $1 and p.id = $3::uuid
      and p.status = 'active' and not coalesce(g.published -> 'hiddenPractitioners' ? p.id::text, false))
    else true end as shown
from clinic.public_page g where g.clinic_id = $1`,
    values: [ctx.clinic.id, part?.kind ?? null, part?.id ?? null],
  });
  if (!row) throw notFound();
  return row;
}
