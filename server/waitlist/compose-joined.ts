import { randomBytes } from "node:crypto";
import { hashToken } from "#server/auth/read-session.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import { ensureWayOut } from "#server/reminder/ensure-way-out.ts";
import { closedAddresses } from "./closed-addresses.ts";
import { hasPage } from "./has-page.ts";
import { stillWaits, whoIsSeen, whoseEmail, whoWaits } from "./who-waits.ts";

interface Written {
  readonly email: string;
  readonly clinicName: string;
  readonly slug: string;
}

/**
 * Says to whoever joined on the public page that they wait, and how to wait no more. The link is made as it is sent and kept as a hash: a mail
 * tried again carries another. Nothing leaves for who left meanwhile, or whose address is closed; nothing is said of what they wait for (AC-63).
 */
export const composeWaitlistJoined: MailComposer<"waitlist-joined"> = async (ctx, { subject, locale }) => {
  const clinicId = ctx.clinicId ?? "";
  const { entryId: id = "" } = subject;
  const keys = { clinic: await openClinicKey(clinicId), platform: await openPlatformKey() };
  const token = randomBytes(32).toString("base64url");
  return withStaff(ctx, async (db) => {
    const [entry] = await db.$queryRaw<Written[]>`
      select ${whoseEmail} as email, coalesce(nullif(k.neutral_name, ''), k.name) as "clinicName", g.slug
      from clinic.waitlist_entry e
      join clinic.clinic k on k.clinic_id = e.clinic_id
      join host.clinic_registration g on g.clinic_id = e.clinic_id
      ${whoWaits}
      where e.clinic_id = ${clinicId}::uuid and e.id = ${id}::uuid and ${stillWaits} and ${whoIsSeen}`;
    if (!entry?.email || !(await hasPage(db, clinicId))) return null;
    const { email, clinicName, slug } = entry;
    if ((await closedAddresses(db, keys.clinic, [email])).has(email)) return null;
    const { count } = await db.waitlistEntry.updateMany({
      where: { clinicId, id, status: "waiting" },
      data: { mailedHash: new Uint8Array(hashToken(token)) },
    });
    // Left between the two.
    if (count === 0) return null;
    const path = `/c/${slug}/attente${locale === "en" ? "?lang=en" : ""}#${token}`;
    return {
      to: email,
      values: { clinicName, path },
      wayOut: { slug, token: await ensureWayOut(db, keys, email) },
    };
  });
};
