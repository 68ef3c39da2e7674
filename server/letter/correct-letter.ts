import { requireOwn } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, notFound, precondition } from "#server/errors.ts";
import { insertLetter } from "./begin-letter.ts";
import { type CorrectLetterInput, type LetterKind, letterContentSchema } from "./schema.ts";

/**
 * A new letter that takes the place of a signed one once it is signed itself; the signed one stays as it is. Pressed twice, one is begun.
 * @throws Forbidden for whoever neither wrote nor signed it; Precondition when the letter is not signed; Conflict `letter.correcting` with its id when somebody corrects it already; NotFound
 */
export async function correctLetter(ctx: ClinicContext, { id, letterId }: CorrectLetterInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.letter.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    // Two who correct at once: the second waits here, and then is told.
    await db.$queryRaw`select 1 from clinic.letter where clinic_id = ${clinicId}::uuid and id = ${letterId}::uuid for update`;
    const before = await db.letter.findFirst({ where: { clinicId, id: letterId } });
    if (!before) throw notFound();
    requireOwn(ctx, [before]);
    await db.$queryRaw`select clinic.grounded(${before.patientId}::uuid)`;
    if (before.status !== "signed") throw precondition("letter.notSigned");
    const under = await db.letter.findFirst({
      where: { clinicId, correctsId: letterId, status: "draft" },
      select: { id: true },
    });
    if (under) throw conflict("letter.correcting", { id: under.id });
    const { patientId, kind, content, templateId, templateNumber } = before;
    await insertLetter(db, ctx, {
      id,
      patientId,
      kind: kind as LetterKind,
      content: letterContentSchema.parse(content),
      template: templateId && templateNumber ? { id: templateId, number: templateNumber } : null,
      correctsId: letterId,
    });
    return { id };
  });
}
