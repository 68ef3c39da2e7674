import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";

/** A file of this person that stopped on its way: dropped again, it goes on where it was. */
export interface OpenUpload {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly receivedBytes: number;
}

const lately = 3 * 24 * 60 * 60 * 1000;

export async function listUploads(ctx: ClinicContext): Promise<OpenUpload[]> {
  requirePermission(ctx, "document:file");
  const rows = await withStaff(ctx, (db) =>
    db.documentUpload.findMany({
      where: {
        clinicId: ctx.clinic.id,
        authorId: ctx.user.id,
        status: "open",
        receivedBytes: { gt: 0 },
        createdAt: { gt: new Date(Date.now() - lately) },
      },
      orderBy: { createdAt: "desc" },
      take: 20,
      select: { id: true, name: true, sizeBytes: true, receivedBytes: true },
    }),
  );
  return rows.map((row) => ({
    ...row,
    sizeBytes: Number(row.sizeBytes),
    receivedBytes: Number(row.receivedBytes),
  }));
}
