import { randomBytes } from "node:crypto";
import { hashToken } from "#server/auth/read-session.ts";
import type { SystemContext } from "#server/context.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import { ensureWayOut } from "#server/reminder/ensure-way-out.ts";
import { closedAddresses } from "./closed-addresses.ts";
import { whoIsSeen, whoseEmail, whoWaits } from "./who-waits.ts";

interface Written {
  readonly email: string;
  readonly startsAt: Date;
  readonly timeZone: string;
  readonly clinicName: string;
  readonly slug: string;
  readonly minutes: number;
}

/** Looked at again as the mail leaves: who died or asked for no more mail since, and a clinic that was suspended, are written to no more. */
async function read(ctx: SystemContext, offerId: string, status: "open" | "taken", token?: string) {
  const clinicId = ctx.clinicId ?? "";
  const keys = { clinic: await openClinicKey(clinicId), platform: await openPlatformKey() };
  return withStaff(ctx, async (db) => {
    if (token) {
      const { count } = await db.waitlistOffer.updateMany({
        where: { clinicId, id: offerId, status, expiresAt: { gt: new Date() } },
        data: { tokenHash: new Uint8Array(hashToken(token)) },
      });
      if (count === 0) return null;
    }
    const [row] = await db.$queryRaw<Written[]>`
      select ${whoseEmail} as email, o.starts_at as "startsAt", l.time_zone as "timeZone", coalesce(nullif(k.neutral_name, ''), k.name) as "clinicName", g.slug,
        greatest(1, round(extract(epoch from o.expires_at - now()) / 60))::int as minutes
      from clinic.waitlist_offer o
      join clinic.waitlist_entry e on e.clinic_id = o.clinic_id and e.id = o.entry_id
      join clinic.location l on l.clinic_id = o.clinic_id and l.id = o.location_id
      join clinic.clinic k on k.clinic_id = o.clinic_id
      join host.clinic_registration g on g.clinic_id = o.clinic_id
      ${whoWaits}
      where o.clinic_id = ${clinicId}::uuid and o.id = ${offerId}::uuid and ${sql`o.status = ${status}`} and g.status = 'approved' and ${whoIsSeen}`;
    if (!row?.email || (await closedAddresses(db, keys.clinic, [row.email])).has(row.email)) return null;
    return { ...row, wayOut: { slug: row.slug, token: await ensureWayOut(db, keys, row.email) } };
  });
}

/** Makes the link as it is sent, and keeps its hash only: a mail tried again carries another link. The mail says when, and nothing of why (AC-63). */
export const composeWaitlistOffer: MailComposer<"waitlist-offer"> = async (ctx, { subject }) => {
  const token = randomBytes(32).toString("base64url");
  const offer = await read(ctx, subject.offerId ?? "", "open", token);
  if (!offer) return null;
  const { email, slug, startsAt, timeZone, clinicName, minutes, wayOut } = offer;
  const path = `/c/${slug}/offre#${token}`;
  return { to: email, values: { clinicName, at: startsAt, timeZone, minutes, path }, wayOut };
};

/** Another was faster: thanked, and still on the list. */
export const composeWaitlistThanks: MailComposer<"waitlist-thanks"> = async (ctx, { subject }) => {
  const offer = await read(ctx, subject.offerId ?? "", "taken");
  if (!offer) return null;
  const { email, startsAt, timeZone, clinicName, wayOut } = offer;
  return { to: email, values: { clinicName, at: startsAt, timeZone }, wayOut };
};
