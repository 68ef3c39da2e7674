import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { invalid, notFound } from "#server/errors.ts";
import type { AddRuleInput } from "./schema.ts";
import { textsOffered } from "./texts-offered.ts";

/** What a rule is for, replaced as a whole. @throws NotFound when a service is not the clinic's; Invalid beside `channel` */
export async function writeServices(
  db: Db,
  clinicId: string,
  ruleId: string,
  serviceIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(serviceIds)];
  const known = await db.healthcareService.count({ where: { clinicId, id: { in: wanted } } });
  if (known !== wanted.length) throw notFound();
  await db.reminderRuleService.deleteMany({ where: { clinicId, ruleId } });
  await db.reminderRuleService.createMany({
    data: wanted.map((serviceId) => ({ clinicId, id: newId(), ruleId, serviceId })),
  });
}

/** @throws Invalid beside `channel` when text messages cannot leave from here */
export async function checkChannel(
  db: Db,
  clinicId: string,
  { channel }: Pick<AddRuleInput, "channel">,
): Promise<void> {
  if (channel === "sms" && !(await textsOffered(db, clinicId)))
    throw invalid("invalid", { channel: "reminder.noTexts" });
}
