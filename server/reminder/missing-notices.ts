import type { Db } from "#server/db/database.ts";
import type { ToPlan } from "./plan-visits.ts";
import type { MessageKind } from "./schema.ts";

/** A change may be taken back: what says that a visit moved or is off leaves a moment later, and not at all when it was undone. */
const graceSeconds = 20;

interface Visit {
  id: string;
  off: boolean;
  startsAt: Date;
  locationId: string;
  told: MessageKind | null;
  toldSame: boolean | null;
  pendingId: string | null;
  pending: MessageKind | null;
  pendingSame: boolean | null;
}

/**
 * What these people were told last, against what holds now: confirmed, moved or off. A pending notice that no longer says what
 * holds is cancelled; one that does stays. Visits that have begun are told of to nobody.
 */
export async function missingNotices(db: Db, clinicId: string, ids: readonly string[]): Promise<ToPlan[]> {
  const visits = await db.$queryRaw<Visit[]>`
    select a.id, s.starts_at as "startsAt", s.location_id as "locationId",
      (a.status in ('cancelled', 'entered-in-error') or s.status in ('cancelled', 'entered-in-error')) as off,
      told.kind as told, (told.starts_at = s.starts_at and told.location_id = s.location_id) as "toldSame",
      pending.id as "pendingId", pending.kind as pending, (pending.starts_at = s.starts_at and pending.location_id = s.location_id) as "pendingSame"
    from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
    left join lateral (
      select m.kind, m.starts_at, m.location_id from clinic.visit_message m
      where m.clinic_id = a.clinic_id and m.appointment_id = a.id and m.kind <> 'reminder' and m.status not in ('planned', 'cancelled')
      order by m.created_at desc, m.id desc limit 1
    ) told on true
    left join lateral (
      select m.id, m.kind, m.starts_at, m.location_id from clinic.visit_message m
      where m.clinic_id = a.clinic_id and m.appointment_id = a.id and m.kind <> 'reminder' and m.made_by = 'change' and m.status = 'planned'
      limit 1
    ) pending on true
    where a.clinic_id = ${clinicId}::uuid and a.id = any(${ids}::uuid[]) and s.starts_at > now() and a.status in ('booked', 'cancelled', 'entered-in-error')`;
  const outdated: string[] = [];
  const missing: ToPlan[] = [];
  for (const visit of visits) {
    const kind = due(visit);
    if (visit.pendingId && visit.pending === kind && visit.pendingSame) continue;
    if (visit.pendingId) outdated.push(visit.pendingId);
    if (kind) missing.push(notice(visit, kind));
  }
  if (outdated.length > 0) {
    await db.$executeRaw`
      update clinic.visit_message set status = 'cancelled', reason = 'replaced', settled_at = now()
      where clinic_id = ${clinicId}::uuid and id = any(${outdated}::uuid[]) and status = 'planned'`;
  }
  return missing;
}

/** What the person should be told, going by what they were told last; null when they know. */
function due({ off, told, toldSame }: Visit): MessageKind | null {
  if (off) return told === null || told === "cancelled" ? null : "cancelled";
  if (told === null || told === "cancelled") return "confirmation";
  return toldSame ? null : "moved";
}

function notice({ id, startsAt, locationId }: Visit, kind: MessageKind): ToPlan {
  return {
    appointmentId: id,
    kind,
    channel: "email",
    startsAt,
    locationId,
    beforeMinutes: null,
    evenConfirmed: false,
    madeBy: "change",
    dueAt: null,
    delaySeconds: kind === "confirmation" ? 0 : graceSeconds,
  };
}
