import type { Permission } from "#server/access/permissions.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { serveFile } from "#server/storage/serve-file.ts";
import type { ClinicDoor } from "./clinic-door.ts";

/** What each kind of file asks of its reader. A kind that is not here is served to nobody. */
const permissions: Record<string, Permission> = {
  "clinic-logo": "clinic:read",
  "practitioner-signature": "practitioner:list",
};

/** `GET /api/clinic/<slug>/files/<id>`: one stored file, found under row security, which also keeps a patient's restrictions. */
export const fileDoor: ClinicDoor = {
  name: "clinic.file",
  path: /^files\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
  permission: "clinic:read",
  async answer({ ctx, request, response, params: [id = ""] }) {
    const file = await withStaff(ctx, (db) =>
      db.storedFile.findFirst({
        where: { clinicId: ctx.clinic.id, id },
        select: { id: true, purpose: true, mediaType: true, sizeBytes: true, objectKey: true },
      }),
    );
    const permission = file && permissions[file.purpose];
    if (!permission) throw notFound();
    requirePermission(ctx, permission);
    await serveFile(request, response, ctx, file);
  },
};
