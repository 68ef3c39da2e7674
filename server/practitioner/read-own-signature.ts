import { buffer } from "node:stream/consumers";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { getFile } from "#server/storage/get-file.ts";

/** The picture that this person signs with, as a data address; null without one. Before a transaction: the file store is no part of any. */
export async function readOwnSignature(ctx: ClinicContext): Promise<string | null> {
  const file = await withStaff(ctx, async (db) => {
    const practitioner = await db.practitioner.findFirst({
      where: { clinicId: ctx.clinic.id, membershipId: ctx.membership.id, status: "active" },
      select: { signatureRef: { select: { id: true, objectKey: true, mediaType: true } } },
    });
    return practitioner?.signatureRef ?? null;
  });
  if (!file) return null;
  const bytes = await buffer(await getFile(ctx, file));
  return `data:${file.mediaType};base64,${bytes.toString("base64")}`;
}
