import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import { withMover } from "#server/db/with-mover.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";

/** At once in one transaction. */
const batch = 100;

/**
 * The handler of `expire-chart-exports`: whole charts whose days are over are removed, row first and object after. One that a live link still shows
 * stays until that link is over.
 * @returns how many files were removed
 */
export async function expireExports(ctx: SystemContext, room: FileRoom = processFileRoom()): Promise<number> {
  const clinics = await withRelay((db) => db.clinicRegistration.findMany({ select: { clinicId: true } }));
  let count = 0;
  for (const { clinicId } of clinics) count += await expireIn({ ...ctx, clinicId }, room);
  return count;
}

async function expireIn(ctx: SystemContext & { clinicId: string }, room: FileRoom): Promise<number> {
  const { clinicId } = ctx;
  const gone = await withMover(clinicId, async (db) => {
    const rows = await db.$queryRaw<{ id: string; fileId: string; objectKey: string }[]>`
      select e.id, f.id as "fileId", f.object_key as "objectKey"
      from clinic.chart_export e join clinic.stored_file f on f.clinic_id = e.clinic_id and f.id = e.file_id
      where e.clinic_id = ${clinicId}::uuid and e.file_id is not null and e.expires_at < now() and not exists (
        select from clinic.communication_document d join clinic.transmission t on t.clinic_id = d.clinic_id and t.id = d.communication_id
        where d.clinic_id = e.clinic_id and d.chart_export_id = e.id and t.revoked_at is null
          and (t.expires_at > now() or t.channel = 'fax' and t.status in ('queued', 'sending')))
      order by e.expires_at limit ${batch}`;
    if (rows.length === 0) return rows;
    const ids = rows.map(({ id }) => id);
    await db.chartExport.updateMany({
      where: { clinicId, id: { in: ids } },
      data: { status: "expired", fileId: null },
    });
    await db.storedFile.deleteMany({ where: { clinicId, id: { in: rows.map(({ fileId }) => fileId) } } });
    await recordAudit(db, ctx, { event: "chart-export.expired", action: "D", entity: "ChartExport", entityIds: ids });
    return rows;
  });
  for (const { objectKey } of gone) await deleteFile({ clinic: { id: clinicId } }, { objectKey }, room);
  return gone.length;
}
