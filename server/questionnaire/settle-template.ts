import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { notFound, precondition } from "#server/errors.ts";
import type { TemplateChoice } from "./schema.ts";
import { findShipped, type ShippedQuestionnaire } from "./shipped.ts";

/** The version of a template that a note begun now is written on. */
export interface SettledTemplate {
  readonly questionnaireId: string;
  readonly number: number;
  readonly title: string;
}

/**
 * A shipped template becomes the clinic's own row the first time that it is used, and gets a new version when Chevet's changed: notes then
 * point at what they were written on, wherever the clinic moves.
 * @throws NotFound; Precondition `questionnaire.retired`
 */
export async function settleTemplate(db: Db, ctx: ClinicContext, choice: TemplateChoice): Promise<SettledTemplate> {
  if ("questionnaireId" in choice) return settleOwn(db, ctx, choice.questionnaireId);
  const shipped = findShipped(choice.shipped);
  if (!shipped) throw notFound();
  return settleShipped(db, ctx.clinic.id, shipped);
}

async function settleOwn(db: Db, ctx: ClinicContext, id: string): Promise<SettledTemplate> {
  const found = await db.questionnaire.findFirst({
    where: { clinicId: ctx.clinic.id, id, OR: [{ ownerId: null }, { ownerId: ctx.user.id }] },
    select: { id: true, number: true, title: true, status: true },
  });
  if (!found) throw notFound();
  if (found.status !== "active") throw precondition("questionnaire.retired");
  return { questionnaireId: found.id, number: found.number, title: found.title };
}

async function settleShipped(db: Db, clinicId: string, shipped: ShippedQuestionnaire): Promise<SettledTemplate> {
  const { key, number, title, profession, items } = shipped;
  // Two who use it first at one moment: the second waits, and finds it.
  await db.$executeRaw`insert into clinic.questionnaire (clinic_id, id, shipped_key, title, profession, number)
    values (${clinicId}::uuid, ${newId()}::uuid, ${key}, ${title}, ${profession}, ${number})
    on conflict (clinic_id, shipped_key) do nothing`;
  const known = await db.questionnaire.findFirstOrThrow({
    where: { clinicId, shippedKey: key },
    select: { id: true, number: true, version: true },
  });
  if (known.number < number)
    await db.questionnaire.updateMany({
      where: { clinicId, id: known.id, version: known.version },
      data: { number, title, profession, version: known.version + 1 },
    });
  await db.$executeRaw`insert into clinic.questionnaire_version (clinic_id, questionnaire_id, number, title, items)
    values (${clinicId}::uuid, ${known.id}::uuid, ${number}, ${title}, ${JSON.stringify(items)}::jsonb) on conflict do nothing`;
  return { questionnaireId: known.id, number, title };
}
