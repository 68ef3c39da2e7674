import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { ensureStanding } from "./find-standing.ts";
import { readMessage } from "./read-message.ts";
import type { ResumeContactInput } from "./schema.ts";

/**
 * Writes down that a person asked the clinic to write to them again, at the address or number that a message was meant for. A bounce is
 * forgotten with it: the address was looked at.
 * @throws NotFound; Precondition `reminder.noAddress`
 */
export async function resumeContact(ctx: ClinicContext, { messageId }: ResumeContactInput): Promise<void> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const keys = { clinic: await openClinicKey(clinicId), platform: await openPlatformKey() };
  await withStaff(ctx, async (db) => {
    const facts = await readMessage(db, clinicId, messageId);
    if (!facts) throw notFound();
    const contact = facts.channel === "email" ? facts.email : (facts.textNumber ?? facts.phone);
    if (!contact) throw precondition("reminder.noAddress");
    const id = await ensureStanding(db, keys, facts.channel, contact);
    await db.$executeRaw`
      update clinic.contact_standing set care = 'granted', source = 'staff', decided_at = now(), bounced_at = null, bounce_code = null, version = version + 1
      where clinic_id = ${clinicId}::uuid and id = ${id}::uuid`;
    await recordAudit(db, ctx, {
      event: "contact.resumed",
      action: "U",
      entity: "ContactStanding",
      entityIds: [id],
      ground: "patient-request",
      detail: { channel: facts.channel, appointmentId: facts.appointmentId },
    });
  });
}
