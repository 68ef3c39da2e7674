import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { lineColumns, lineTables } from "./line-columns.ts";
import type { DocumentLine } from "./record.ts";
import type { ReviewsInput } from "./schema.ts";

/** What waits for this person's review, urgent ones first, then the oldest. It stays here until they sign it off or send it on. */
export async function listReviews(
  ctx: ClinicContext,
  { cursor, most, refresh }: ReviewsInput,
): Promise<{ rows: DocumentLine[]; after: string | null }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const from = cursor ?? null;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<DocumentLine[]>`
      select ${lineColumns()}
      from ${lineTables}
      where d.clinic_id = ${clinicId}::uuid and d.reviewer_id = ${ctx.user.id}::uuid
        and (${from}::uuid is null or (not d.urgent, d.id) > (select not f.urgent, f.id from clinic.document f where f.clinic_id = ${clinicId}::uuid and f.id = ${from}::uuid))
      order by d.urgent desc, d.id limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "document.reviews-read",
        entity: "Document",
        entityIds: page.map(({ id }) => id),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}
