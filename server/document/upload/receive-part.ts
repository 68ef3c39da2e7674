import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound } from "#server/errors.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import { putFile } from "#server/storage/put-file.ts";
import { sniffDocument } from "../reading/sniff-document.ts";
import { PART_BYTES, type PartInput } from "../schema.ts";

/**
 * Takes one part of a file that was announced: whole, at the place where the one before ended, and encrypted before it is kept. The first part is
 * looked at, so that what is not taken is refused before a hundred megabytes of it were sent.
 * @param read gives the part's bytes; called once it is known that they are wanted
 * @returns how much is here now: when another window sent this part first, or the offset is not the next, the sender goes on from there
 * @throws NotFound; Invalid `document.part` for a part of another size than agreed, or the reason why such a file is not taken
 */
export async function receivePart(
  ctx: ClinicContext,
  { id, offset }: PartInput,
  read: () => Promise<Uint8Array>,
  room: FileRoom = processFileRoom(),
): Promise<{ receivedBytes: number }> {
  requirePermission(ctx, "document:file");
  const where = { clinicId: ctx.clinic.id, authorId: ctx.user.id, id };
  const found = () =>
    withStaff(ctx, (db) =>
      db.documentUpload.findFirst({ where, select: { sizeBytes: true, receivedBytes: true, status: true } }),
    );
  const upload = await found();
  if (!upload) throw notFound();
  if (upload.status !== "open" || Number(upload.receivedBytes) !== offset)
    return { receivedBytes: Number(upload.receivedBytes) };
  const expected = Math.min(PART_BYTES, Number(upload.sizeBytes) - offset);
  const content = await read();
  if (content.byteLength !== expected || expected === 0) throw invalid("document.part", { file: "document.part" });
  const sniffed = offset === 0 ? sniffDocument(content) : undefined;
  if (sniffed && "refusal" in sniffed) {
    await withStaff(ctx, (db) =>
      db.documentUpload.updateMany({ where: { ...where, status: "open" }, data: { status: "refused" } }),
    );
    throw invalid(sniffed.refusal, { file: sniffed.refusal });
  }
  const part = await putFile(ctx, { id: newId(), content, maxBytes: PART_BYTES }, room);
  const { count } = await withStaff(ctx, (db) =>
    db.documentUpload.updateMany({
      where: { ...where, status: "open", receivedBytes: offset },
      data: {
        receivedBytes: offset + expected,
        partIds: { push: part.id },
        partKeys: { push: part.objectKey },
      },
    }),
  );
  if (count === 1) return { receivedBytes: offset + expected };
  await deleteFile(ctx, part, room);
  return { receivedBytes: Number((await found())?.receivedBytes ?? 0) };
}
