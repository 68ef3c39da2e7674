import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { beginLetter } from "./begin-letter.ts";
import type { StartLetterInput } from "./schema.ts";

/** A letter about a patient, from a template or from a blank page. Pressed twice, one is begun. @throws as beginLetter */
export async function startLetter(ctx: ClinicContext, input: StartLetterInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const { id } = input;
  return withStaff(ctx, async (db) => {
    const known = await db.letter.findFirst({ where: { clinicId: ctx.clinic.id, id }, select: { id: true } });
    if (!known) await beginLetter(db, ctx, { ...input, kind: "letter" });
    return { id };
  });
}
