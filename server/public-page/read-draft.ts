import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { practitionerName } from "#server/practitioner/practitioner-name.ts";
import { type AddressMissing, addressMissing, checklist } from "./checklist.ts";
import { type PageDraft, readRow } from "./record.ts";
import type { PageBlock } from "./schema.ts";

interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface DraftView {
  readonly draft: PageDraft;
  readonly checklist: Record<PageBlock, boolean>;
  /** Said before publishing, without standing in the way. */
  readonly addressMissing: AddressMissing | null;
  /** What may be shown or left off. */
  readonly services: readonly Choice[];
  readonly practitioners: readonly Choice[];
  readonly locations: readonly Choice[];
}

/** What is being prepared, and what blocks it. */
export function readDraft(ctx: ClinicContext): Promise<DraftView> {
  requirePermission(ctx, "page:manage");
  const clinicId = ctx.clinic.id;
  const where = { clinicId, status: "active" };
  const name = { id: true, name: true } as const;
  const person = { id: true, prefix: true, givenName: true, familyName: true } as const;
  return withStaff(ctx, async (db) => {
    const draft = await readRow(db, clinicId);
    const blocks = await checklist(db, clinicId);
    const missing = await addressMissing(db, clinicId, draft);
    const services = await db.healthcareService.findMany({
      where: { ...where, online: true },
      orderBy: [{ rank: "asc" }, { name: "asc" }],
      select: name,
      take: 500,
    });
    const people = await db.practitioner.findMany({
      where,
      orderBy: [{ familyName: "asc" }, { givenName: "asc" }],
      select: person,
      take: 500,
    });
    const locations = await db.location.findMany({ where, orderBy: { name: "asc" }, select: name, take: 200 });
    const practitioners = people.map((one) => ({ id: one.id, name: practitionerName(one) }));
    return { draft, checklist: blocks, addressMissing: missing, services, practitioners, locations };
  });
}
