import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import type { ServedFile } from "#server/storage/serve-file.ts";

/** The photo that the published page shows, and no other; null when this is not it. @throws NotFound when the clinic shows no page */
export async function findCover(ctx: VisitorContext, fileId: string): Promise<ServedFile | null> {
  const [file] = await queryAsVisitor<ServedFile>(ctx, {
    name: "chevet_find_cover",
    text: `select f.id, f.object_key as "objectKey", f.media_type as "mediaType", f.size_bytes::int as "sizeBytes"
      from clinic.public_page p
      join clinic.stored_file f on f.clinic_id = p.clinic_id and f.id = (p.published ->> 'coverFileId')::uuid
      where p.clinic_id = $1 and f.id = $2 and f.purpose = 'page-cover'`,
    values: [ctx.clinic.id, fileId],
  });
  return file ? { ...file, isPublic: true } : null;
}
