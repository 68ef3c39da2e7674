import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { readPhoto } from "#server/patient/read-photo.ts";
import { readSignature } from "#server/practitioner/read-signature.ts";
import { serveFile } from "#server/storage/serve-file.ts";
import type { ClinicDoor } from "./clinic-door.ts";

/** What each kind of file asks of its reader, and what is written of it. A kind that is not here is served to nobody. */
const readers: Record<string, (db: Db, ctx: ClinicContext, fileId: string) => unknown> = {
  "clinic-logo": (_, ctx) => requirePermission(ctx, "clinic:read"),
  "practitioner-signature": readSignature,
  "patient-photo": readPhoto,
  "page-cover": (_, ctx) => requirePermission(ctx, "page:manage"),
};

/** `GET /api/clinic/<slug>/files/<id>`: one stored file, found under row security, which also keeps a patient's restrictions. */
export const fileDoor: ClinicDoor = {
  name: "clinic.file",
  path: /^files\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
  permission: "clinic:read",
  async answer({ ctx, request, response, params: [id = ""] }) {
    const file = await withStaff(ctx, async (db) => {
      const found = await db.storedFile.findFirst({
        where: { clinicId: ctx.clinic.id, id },
        select: { id: true, purpose: true, mediaType: true, sizeBytes: true, objectKey: true },
      });
      const read = found && readers[found.purpose];
      if (!read) throw notFound();
      await read(db, ctx, id);
      return found;
    });
    await serveFile(request, response, ctx, file);
  },
};
