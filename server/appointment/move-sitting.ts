import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { explainBlock } from "./explain-block.ts";
import { type Asked, explainTimes, type WallTime } from "./explain-times.ts";
import { findSittings, needSitting, type SittingRow } from "./find-sitting.ts";
import type { Explanation, RefusedDate } from "./record.ts";
import type { MoveInput } from "./schema.ts";
import { addDays, daysFrom } from "./series-dates.ts";
import { refusePast, type Settled, settle, taken } from "./settle.ts";
import { tellNext } from "./tell-next.ts";
import { dayOf, occupy, vacate } from "./write-sittings.ts";

/** The sittings that moved, with the versions they have now: moving back is the way to take it back. */
export interface Moved {
  readonly version: number;
  readonly sittings: readonly { readonly id: string; readonly version: number }[];
}

type Placed = SittingRow & Settled & { readonly to: string };

/**
 * Moves a sitting, lengthens or shortens it, gives it to another column. Of a series, this one alone, it and those after it, or all that
 * are to come: by as many days, to the same wall time. What it needs beside is kept where it can be, and found again where not.
 * @throws Conflict `appointment.taken` with every reason; Conflict `stale`; Forbidden to overbook; Precondition when it is over;
 *   Invalid for a day that is over; NotFound
 */
export async function moveSitting(ctx: ClinicContext, input: MoveInput): Promise<Moved> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  let look: (Asked & WallTime) | null = null;
  const gesture = () =>
    withStaff(ctx, async (db): Promise<Moved> => {
      await holdSchedule(db, clinicId);
      const sitting = await needSitting(db, ctx, input.sittingId, input.version);
      if (sitting.status !== "booked") throw precondition("appointment.notStanding");
      const locationId = input.locationId ?? sitting.locationId;
      const place = await db.location.findFirst({ where: { clinicId, id: locationId }, select: { timeZone: true } });
      if (!place) throw notFound();
      if (input.date !== sitting.date) refusePast(input.date, place.timeZone);
      const targets = await targetsOf(db, clinicId, sitting, input.scope);
      if (targets.length === 1 && sitting.serviceId)
        look = { ...askedOf(sitting, { ...input, locationId }), date: input.date, minute: input.minute };
      await vacate(
        db,
        clinicId,
        targets.map(({ id }) => id),
      );
      const placed = await placeAll(db, ctx, targets, {
        ...input,
        locationId,
        days: daysFrom(sitting.date, input.date),
      });
      for (const one of placed) {
        const buffers = one.serviceId
          ? await db.healthcareService.findFirstOrThrow({
              where: { clinicId, id: one.serviceId },
              select: { bufferBeforeMinutes: true, bufferAfterMinutes: true },
            })
          : {};
        await db.sitting.updateMany({
          where: { clinicId, id: one.id, version: one.version },
          data: {
            ...buffers,
            localDate: dayOf(one.to),
            localMinute: input.minute,
            timeZone: place.timeZone,
            locationId,
            resourceId: one.resourceIds[0] as string,
            durationMinutes: input.durationMinutes ?? one.durationMinutes,
            version: one.version + 1,
          },
        });
      }
      await occupy(db, ctx, placed);
      await recordAudit(db, ctx, {
        event: "appointment.moved",
        action: "U",
        entity: "Sitting",
        entityIds: placed.map(({ id }) => id),
        detail: { scope: input.scope, overbooked: placed.some(({ overbookReason }) => overbookReason !== null) },
      });
      return {
        version: sitting.version + 1,
        sittings: placed.map(({ id, version }) => ({ id, version: version + 1 })),
      };
    });
  return tellNext(ctx, () => look, gesture);
}

/** What a gesture on one sitting of a series is about. Those that have begun stay where they were. */
async function targetsOf(
  db: Db,
  clinicId: string,
  sitting: SittingRow,
  scope: MoveInput["scope"],
): Promise<SittingRow[]> {
  if (scope === "this" || !sitting.seriesId) return [sitting];
  const all = await findSittings(db, clinicId, { seriesId: sitting.seriesId });
  const from = scope === "following" ? (sitting.seriesIndex ?? 1) : 1;
  return all.filter(
    (one) =>
      one.id === sitting.id ||
      (one.status === "booked" && one.upcoming && !one.begun && (one.seriesIndex ?? 0) >= from),
  );
}

async function placeAll(
  db: Db,
  ctx: ClinicContext,
  targets: readonly SittingRow[],
  move: MoveInput & { readonly locationId: string; readonly days: number },
): Promise<Placed[]> {
  const placed: Placed[] = [];
  const refused: RefusedDate[] = [];
  let first: Explanation | undefined;
  for (const one of targets) {
    const to = addDays(one.date, move.days);
    const explanation = await explainMove(db, ctx, one, to, move);
    const settled = settle(ctx, explanation, move.overbookReason);
    if (settled) placed.push({ ...one, ...settled, to });
    else {
      first ??= explanation;
      refused.push({ date: to, minute: move.minute, reasons: explanation.reasons });
    }
  }
  if (first) throw taken(first, targets.length > 1 ? refused : []);
  return placed;
}

async function explainMove(
  db: Db,
  ctx: ClinicContext,
  one: SittingRow,
  date: string,
  move: MoveInput & { readonly locationId: string },
): Promise<Explanation> {
  const { resourceId, durationMinutes, ...asked } = askedOf(one, move);
  const { minute, locationId } = move;
  if (!one.serviceId) return explainBlock(db, ctx.clinic.id, { resourceId, locationId, date, minute, durationMinutes });
  if (one.begun && date !== one.date) throw precondition("appointment.begun");
  const explain = (leadId: string) =>
    explainTimes(db, ctx.clinic.id, { ...asked, resourceId: leadId, durationMinutes }, [{ date, minute }]);
  const [explanation] = await explain(resourceId);
  if (!explanation) throw notFound();
  // Given to another room, the visit stays with whoever leads it: their reasons count.
  const leadId = (explanation.resourceIds ?? explanation.forcedIds)[0];
  if (leadId !== resourceId && leadId !== one.resourceId) {
    const [own] = await explain(one.resourceId);
    if (own && !own.free) return own;
  }
  return explanation;
}

/** What a move asks for: the column it has unless told otherwise, and beside it what it has already. */
const askedOf = (one: SittingRow, move: MoveInput & { readonly locationId: string }) => ({
  serviceId: one.serviceId ?? "",
  locationId: move.locationId,
  resourceId: move.resourceId ?? one.resourceId,
  durationMinutes: move.durationMinutes ?? one.durationMinutes,
  preferredIds: one.resourceIds,
  ignoreSittingId: one.id,
});
