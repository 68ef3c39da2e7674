import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { readOwnSignature } from "#server/practitioner/read-own-signature.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import { assembleLetter } from "./attachments/assemble.ts";
import { prepareLetter, refuseUnfinished } from "./prepare-letter.ts";
import type { SignLetterInput } from "./schema.ts";

/** A file for the browser, as base64; its name names nobody. */
export interface LetterFile {
  readonly name: string;
  readonly file: string;
}

/**
 * The PDF that signing would keep, marked as not signed, with all that is attached. It shows the whole NAM: each look is journaled. A letter that
 * is not finished is refused as signing refuses it.
 * @throws as prepareLetter, refuseUnfinished and assembleLetter
 */
export async function previewLetter(
  ctx: ClinicContext,
  input: SignLetterInput,
  room: FileRoom = processFileRoom(),
): Promise<LetterFile> {
  requirePermission(ctx, "chart:write");
  const letter = await withStaff(ctx, async (db) => {
    const prepared = await prepareLetter(db, ctx, input);
    await recordAudit(db, ctx, {
      event: "letter.previewed",
      action: "R",
      entity: "Letter",
      entityIds: [input.id],
      patientId: prepared.patientId,
      ground: groundOf(ctx),
    });
    return prepared;
  });
  refuseUnfinished(letter);
  const signature = await readOwnSignature(ctx);
  const { pdf } = await assembleLetter(
    ctx,
    letter,
    { signature, madeAt: `${letter.today}T12:00:00.000Z`, isPreview: true },
    room,
  );
  return { name: `${letter.kind}.pdf`, file: Buffer.from(pdf).toString("base64") };
}
