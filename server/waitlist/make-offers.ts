import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { postMail } from "#server/mail/post-mail.ts";
import type { HeldTime } from "./hold-freed-time.ts";
import { whoIsSeen, whoseEmail, whoWaits } from "./who-waits.ts";

interface Asked {
  readonly entryId: string;
  readonly patientId: string | null;
  readonly requestPersonId: string | null;
  readonly appointmentId: string | null;
  readonly locale: "fr" | "en";
}

/**
 * Writes one offer for each entry that can be written to, and posts its mail; the link is made as the mail leaves.
 * @returns the entries that were asked
 */
export async function makeOffers(
  db: Db,
  clinicId: string,
  held: HeldTime,
  { freedTimeId, entryIds, authorId }: { freedTimeId: string; entryIds: readonly string[]; authorId: string | null },
): Promise<string[]> {
  const asked = await db.$queryRaw<Asked[]>`
    select e.id as "entryId", p.id as "patientId", case when p.id is null then r.id end as "requestPersonId", e.appointment_id as "appointmentId",
      case when coalesce(r.language, p.language) = 'en' then 'en' else 'fr' end as locale
    from clinic.waitlist_entry e ${whoWaits}
    where e.clinic_id = ${clinicId}::uuid and e.id = any (${[...entryIds]}::uuid[]) and ${whoseEmail} <> '' and ${whoIsSeen}
    order by e.id`;
  for (const { locale, ...who } of asked) {
    const id = newId();
    await db.waitlistOffer.createMany({ data: { clinicId, id, freedTimeId, authorId, ...held, ...who } });
    await postMail(db, { kind: "waitlist-offer", subject: { offerId: id }, locale, clinicId });
  }
  return asked.map(({ entryId }) => entryId);
}
