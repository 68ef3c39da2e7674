import type { SystemContext } from "#server/context.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import { ensureWayOut } from "#server/reminder/ensure-way-out.ts";
import { closedAddresses } from "#server/waitlist/closed-addresses.ts";
import { makeToken } from "./make-code.ts";

/**
 * Makes the address as it is sent, and keeps its hash only: a mail tried again carries another. The mail names the clinic and nobody else. What was
 * revoked meanwhile, or goes to an address that asked for no more mail, does not leave, and whoever sent it sees that it failed.
 */
export const composeDocumentWaiting: MailComposer<"document-waiting"> = async (job, { subject, locale }) => {
  const clinicId = job.clinicId ?? "";
  const { communicationId: id = "", userId: forUserId } = subject;
  const ctx: SystemContext = { ...job, ...(forUserId && { forUserId }) };
  const keys = { clinic: await openClinicKey(clinicId), platform: await openPlatformKey() };
  const { token, hash } = makeToken();
  try {
    return await withStaff(ctx, async (db) => {
      const live = { clinicId, id, channel: "link", revokedAt: null, expiresAt: { gt: new Date() } };
      const one = await db.transmission.findFirst({ where: live, select: { contact: true, expiresAt: true } });
      const [clinic] = await db.$queryRaw<{ name: string; slug: string; timeZone: string }[]>`
        select coalesce(nullif(k.neutral_name, ''), k.name) as name, g.slug, k.time_zone as "timeZone" from clinic.clinic k join host.clinic_registration g on g.clinic_id = k.clinic_id
        where k.clinic_id = ${clinicId}::uuid and g.status = 'approved'`;
      if (!one?.expiresAt || !clinic) return null;
      if ((await closedAddresses(db, keys.clinic, [one.contact])).has(one.contact)) {
        await db.transmission.updateMany({
          where: { clinicId, id },
          data: { status: "failed", errorCode: "Unsubscribed", settledAt: new Date() },
        });
        return null;
      }
      await db.transmission.updateMany({
        where: live,
        data: { tokenHash: hash, status: "sent", settledAt: new Date() },
      });
      return {
        to: one.contact,
        values: {
          clinicName: clinic.name,
          path: `/c/${clinic.slug}/envoi${locale === "en" ? "?lang=en" : ""}#${token}`,
          at: one.expiresAt,
          timeZone: clinic.timeZone,
        },
        wayOut: { slug: clinic.slug, token: await ensureWayOut(db, keys, one.contact) },
      };
    });
  } catch (error) {
    // Whoever sent it has left the clinic: nothing more leaves in their name.
    if (error instanceof DomainError && error.code === "NotFound") return null;
    throw error;
  }
};
