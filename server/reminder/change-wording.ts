import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { wordingKey } from "./choose-text.ts";
import { hasLink, unknownFields } from "./fill-text.ts";
import { forbiddenWord } from "./forbidden-word.ts";
import { keptWording } from "./read-wording.ts";
import type { ChangeWordingInput } from "./schema.ts";

/**
 * Keeps the clinic's own words for one message in one language; an empty body takes ours again.
 * @throws Invalid beside `subject` or `body`, also for a word that a message may not say (AC-63); Conflict `stale`
 */
export async function changeWording(ctx: ClinicContext, input: ChangeWordingInput): Promise<{ version: number }> {
  requirePermission(ctx, "reminder:manage");
  const clinicId = ctx.clinic.id;
  const { kind, channel, locale, subject, body, version } = input;
  const fields = faultsOf(input);
  if (Object.keys(fields).length > 0) throw invalid("invalid", fields);
  const key = wordingKey(kind, channel, locale);
  return withStaff(ctx, async (db) => {
    const kept = await keptWording(db, clinicId);
    const own = { subject: channel === "email" ? subject : "", body };
    const texts: Record<string, { subject: string; body: string }> = { ...kept?.texts, [key]: own };
    const next = (version ?? 0) + 1;
    if (version === null) {
      // Two people at once: the key lets one through, the other reads « already exists ».
      await db.messageWording.createMany({ data: { clinicId, texts } });
    } else {
      const { count } = await db.messageWording.updateMany({
        where: { clinicId, version },
        data: { texts, version: next },
      });
      if (count === 0) throw await refuseStale(db, ctx, clinicId, kept, "MessageWording");
    }
    await recordAudit(db, ctx, {
      event: "message.wording-changed",
      action: "U",
      entity: "MessageWording",
      entityIds: [clinicId],
      detail: { text: key, version: next },
    });
    return { version: next };
  });
}

/** What stands in the way of a text, by field. */
export function faultsOf({
  kind,
  channel,
  subject,
  body,
}: Omit<ChangeWordingInput, "version" | "locale">): Record<string, string> {
  const fields: Record<string, string> = {};
  if (body === "") return fields;
  if (channel === "email" && subject === "") fields.subject = "required";
  if (kind !== "cancelled" && !hasLink(body)) fields.body = "reminder.linkNeeded";
  for (const [name, text] of [
    ["subject", subject],
    ["body", body],
  ] as const) {
    if (unknownFields(text).length > 0) fields[name] = "reminder.unknownField";
    if (forbiddenWord(text)) fields[name] = "reminder.forbiddenWord";
  }
  return fields;
}
