import type { VisitorContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { conflict, DomainError, precondition } from "#server/errors.ts";
import type { visitModes } from "./schema.ts";

/** How long a cancellation can be taken back, while the time is still free (minutes). */
export const undoMinutes = 5;

/** A visit as its link opens it, with what the verbs need beside what the page shows. */
export interface OpenVisit {
  readonly appointmentId: string;
  readonly sittingId: string;
  readonly kind: "visit" | "group";
  readonly status: string;
  readonly version: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly mode: (typeof visitModes)[number];
  readonly confirmedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelledBy: string | null;
  readonly changedAt: Date;
  readonly serviceId: string;
  readonly resourceId: string;
  readonly locationId: string;
  /** Null once the clinic no longer offers it. */
  readonly audience: string | null;
  readonly cancelNoticeMinutes: number | null;
}

/** The same answer to a link that was altered, that ran out, that was revoked or that is another clinic's. */
export const noVisit = () => new DomainError("NotFound", "booking.noVisit");

/**
 * The visit whose own link this transaction's token is: an offer's token names a visit too, the one that it would bring forward, and opens its
 * offer alone. @throws NotFound `booking.noVisit`
 */
export async function openVisit(db: Db, { clinic }: VisitorContext): Promise<OpenVisit> {
  const [visit] = await db.$queryRaw<OpenVisit[]>`
    select a.id as "appointmentId", t.id as "sittingId", t.kind, a.status, a.version, t.starts_at as "startsAt", t.ends_at as "endsAt",
      t.time_zone as "timeZone", t.mode, a.confirmed_at as "confirmedAt", a.cancelled_at as "cancelledAt", a.cancelled_by as "cancelledBy",
      greatest(a.last_updated, t.last_updated) as "changedAt", t.service_id as "serviceId", t.resource_id as "resourceId",
      t.location_id as "locationId", h.audience, h.cancel_notice_minutes as "cancelNoticeMinutes"
    from clinic.appointment a
    join clinic.sitting t on t.clinic_id = a.clinic_id and t.id = a.sitting_id
    left join clinic.healthcare_service h on h.clinic_id = t.clinic_id and h.id = t.service_id
    where a.clinic_id = ${clinic.id}::uuid and a.id = nullif(current_setting('app.appointment_id', true), '')::uuid
      and exists (select from clinic.appointment_access x where x.clinic_id = a.clinic_id and x.appointment_id = a.id)`;
  if (!visit) throw noVisit();
  return visit;
}

/** The last instant at which the person may move or cancel by themselves: the clinic's notice, a day where nothing says otherwise. */
export const changeUntil = ({ startsAt, cancelNoticeMinutes }: OpenVisit): Date =>
  new Date(startsAt.getTime() - (cancelNoticeMinutes ?? 1440) * 60_000);

/** The last instant at which a cancellation can be taken back; null when it was not theirs. */
export const undoUntil = ({ status, cancelledAt, cancelledBy, startsAt }: OpenVisit): Date | null =>
  status === "cancelled" && cancelledAt && cancelledBy === "patient"
    ? new Date(Math.min(cancelledAt.getTime() + undoMinutes * 60_000, startsAt.getTime()))
    : null;

/** @throws Conflict `booking.changed` when the page showed another version; Precondition `booking.over`, `booking.tooLate` */
export function needChangeable(visit: OpenVisit, version: number): void {
  if (visit.status !== "booked" || visit.startsAt <= new Date()) throw precondition("booking.over");
  if (changeUntil(visit) < new Date()) throw precondition("booking.tooLate");
  if (visit.version !== version) throw conflict("booking.changed");
}

/**
 * A person who moves a visit booked online counts as new: whether they are known is not for this page to know, so an hour kept free of new
 * patients is offered only by a service that is for known ones.
 */
export const countsAsNew = ({ audience }: OpenVisit): boolean => audience !== "existing";
