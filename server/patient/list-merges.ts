import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "./ground.ts";

export interface MergeRecord {
  readonly id: string;
  readonly survivorId: string;
  readonly mergedId: string;
  readonly mergedName: string;
  readonly mergedFile: string;
  readonly status: "requested" | "done" | "refused" | "undo-requested" | "undone";
  readonly moved: number;
  readonly kept: number;
  readonly reason: string;
  readonly by: string;
  readonly createdAt: Date;
  readonly version: number;
}

/** What was joined to this record, or what it was joined to, the newest first; at most 50. */
export async function listMerges(ctx: ClinicContext, { id }: { id: string }): Promise<MergeRecord[]> {
  requirePermission(ctx, "patient:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<MergeRecord[]>`
      select m.id, m.patient_id as "survivorId", m.merged_id as "mergedId", o.given_name || ' ' || o.family_name as "mergedName",
        o.file_number as "mergedFile", m.status, m.moved, m.kept, m.reason, coalesce(w.display_name, '') as by, m.created_at as "createdAt", m.version
      from clinic.patient_merge m
      join clinic.patient o on o.clinic_id = m.clinic_id and o.id = m.merged_id
      left join identity.membership w on w.clinic_id = m.clinic_id and w.user_id = m.author_id
      where m.clinic_id = ${clinicId}::uuid and (m.patient_id = ${id}::uuid or m.merged_id = ${id}::uuid)
      order by m.created_at desc, m.id desc limit 50`;
    if (rows.length > 0)
      await recordRead(
        db,
        ctx,
        { event: "patient.merges-read", entity: "Patient", entityIds: [id], patientId: id, ground: groundOf(ctx) },
        { refresh: true },
      );
    return rows;
  });
}
