import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { nameWords } from "#server/patient/fold-name.ts";
import { type CorrespondentRecord, correspondentSelect } from "./record.ts";
import type { ListCorrespondentsInput } from "./schema.ts";

/** The directory, by name, a page at a time. It is of no patient: reading it is not journaled. */
export async function listCorrespondents(
  ctx: ClinicContext,
  { kind, text, status, after, most }: ListCorrespondentsInput,
): Promise<{ rows: CorrespondentRecord[]; after: string | null }> {
  requirePermission(ctx, "patient:search");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const last = after
      ? await db.correspondent.findFirst({ where: { clinicId, id: after }, select: { searchText: true } })
      : null;
    const past = last && {
      OR: [{ searchText: { gt: last.searchText } }, { searchText: last.searchText, id: { gt: after } }],
    };
    const rows = await db.correspondent.findMany({
      where: {
        clinicId,
        status,
        kind,
        AND: [...nameWords(text).map((word) => ({ searchText: { contains: word } })), ...(past ? [past] : [])],
      },
      orderBy: [{ searchText: "asc" }, { id: "asc" }],
      take: most + 1,
      select: correspondentSelect,
    });
    const page = rows.slice(0, most) as CorrespondentRecord[];
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}
