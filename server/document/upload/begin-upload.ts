import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { BeginUploadInput } from "../schema.ts";

/** Parts older than this are swept from the file store ten days later: what was begun before begins anew. */
const goesOnForMs = 20 * 24 * 60 * 60 * 1000;

export interface BegunUpload {
  /** The id that the screen gave. */
  readonly askedId: string;
  /** The id to send under: an earlier one when this very file had been begun. */
  readonly id: string;
  readonly receivedBytes: number;
}

/**
 * Announces files, and says from where each is to be sent: zero, or where an interrupted one stopped. A file is known again by its name, its size
 * and when the computer says it was last changed. Nothing of a patient is known yet, so nothing is journaled before the file is whole.
 */
export async function beginUpload(ctx: ClinicContext, { files }: BeginUploadInput): Promise<BegunUpload[]> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const authorId = ctx.user.id;
  return withStaff(ctx, async (db) => {
    const known = await db.documentUpload.findMany({
      where: {
        clinicId,
        authorId,
        OR: [
          { id: { in: files.map(({ id }) => id) } },
          { status: "open", createdAt: { gt: new Date(Date.now() - goesOnForMs) } },
        ],
      },
      orderBy: { createdAt: "desc" },
      take: 1_000,
      select: { id: true, name: true, sizeBytes: true, modifiedAt: true, receivedBytes: true, status: true },
    });
    const taken = new Set<string>();
    const begun = files.map((file) => {
      const before =
        known.find(({ id }) => id === file.id) ??
        known.find(
          (one) =>
            one.status === "open" &&
            !taken.has(one.id) &&
            one.name === file.name &&
            Number(one.sizeBytes) === file.sizeBytes &&
            one.modifiedAt.getTime() === file.modifiedAt.getTime(),
        );
      const id = before?.id ?? file.id;
      taken.add(id);
      return { file, answer: { askedId: file.id, id, receivedBytes: Number(before?.receivedBytes ?? 0) }, before };
    });
    const fresh = begun.filter(({ before }) => !before).map(({ file }) => ({ clinicId, authorId, ...file }));
    if (fresh.length > 0) await db.documentUpload.createMany({ data: fresh });
    return begun.map(({ answer }) => answer);
  });
}
