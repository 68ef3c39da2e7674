import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withMover } from "#server/db/with-mover.ts";
import { withRelay } from "#server/db/with-relay.ts";

/** At once in one transaction. */
const batch = 200;

/**
 * The handler of `erase-requests`: whoever was never matched to a record is forgotten, the clinic's `requestDays` after their last visit (or
 * they waited for a place, or after they asked), unless they wait still. Their visits stay, with nobody in them.
 * @returns how many people were erased
 */
export async function eraseOldRequests(ctx: SystemContext): Promise<number> {
  const clinics = await withRelay((db) => db.clinicRegistration.findMany({ select: { clinicId: true } }));
  let erased = 0;
  for (const { clinicId } of clinics) erased += await eraseIn({ ...ctx, clinicId });
  return erased;
}

async function eraseIn(ctx: SystemContext & { clinicId: string }): Promise<number> {
  let erased = 0;
  for (;;) {
    const count = await withMover(ctx.clinicId, (db) => eraseSome(db, ctx));
    erased += count;
    if (count < batch) return erased;
  }
}

async function eraseSome(db: Db, ctx: SystemContext & { clinicId: string }): Promise<number> {
  const { clinicId } = ctx;
  const rows = await db.$queryRaw<{ id: string }[]>`
    update clinic.request_person p set status = 'erased', family_name = '–', given_name = '–', birth_date = null, email = '', phone = '', relation = 'self',
      booker_name = '', nam_sealed = null, nam_hash = null, nam_last2 = null, verified_at = null, text_messages = false, version = p.version + 1
    where p.clinic_id = ${clinicId}::uuid and p.id in (
      select r.id from clinic.request_person r
      left join clinic.booking_policy b on b.clinic_id = r.clinic_id
      where r.clinic_id = ${clinicId}::uuid and r.status in ('open', 'dismissed') and r.patient_id is null
        and greatest(r.created_at,
          (select max(s.ends_at) from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
            where a.clinic_id = r.clinic_id and a.request_person_id = r.id),
          (select max(case when e.status = 'waiting' then e.until_date::timestamptz else e.last_updated end) from clinic.waitlist_entry e
            where e.clinic_id = r.clinic_id and e.request_person_id = r.id)
        ) < now() - make_interval(days => coalesce(b.request_days, 90))
        and not exists (select from clinic.waitlist_entry e where e.clinic_id = r.clinic_id and e.request_person_id = r.id and e.status = 'waiting'
          and (e.until_date is null or e.until_date >= current_date))
      order by r.created_at, r.id limit ${batch})
    returning p.id`;
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  // What a row said before is in its versions, the last of which was just written: an erasure that left them would be none.
  await db.$executeRaw`
    delete from clinic.record_version where clinic_id = ${clinicId}::uuid and entity = 'request_person' and entity_id = any(${ids}::uuid[])`;
  await recordAudit(db, ctx, { event: "request.erased", action: "D", entity: "RequestPerson", entityIds: ids });
  return ids.length;
}
