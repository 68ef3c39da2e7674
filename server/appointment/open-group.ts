import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, precondition } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { findSittings } from "./find-sitting.ts";
import { openSeries } from "./open-series.ts";
import { readOffer } from "./read-offer.ts";
import type { RefusedDate } from "./record.ts";
import type { OpenGroupInput } from "./schema.ts";
import { refusePast } from "./settle.ts";
import { settleTimes } from "./settle-times.ts";
import { tellNext } from "./tell-next.ts";
import { writeSittings } from "./write-sittings.ts";

/** What was opened: the sitting, and its series when there are several. */
export interface OpenedGroup {
  readonly id: string;
  readonly version: number;
  readonly seriesId: string | null;
  readonly skipped: readonly RefusedDate[];
}

/**
 * Opens a sitting in which several people may take a place, or a series of them. Sent twice with one id, it is opened once.
 * @throws Conflict `appointment.taken`; Forbidden to overbook; Precondition when the service is not for groups; Invalid; NotFound
 */
export async function openGroup(ctx: ClinicContext, input: OpenGroupInput): Promise<OpenedGroup> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, serviceId, locationId, minute, title, series } = input;
  const gesture = () =>
    withStaff(ctx, async (db): Promise<OpenedGroup> => {
      await holdSchedule(db, clinicId);
      const [known] = await findSittings(db, clinicId, { ids: [id] });
      if (known) return { id, version: known.version, seriesId: known.seriesId, skipped: [] };
      const offer = await readOffer(db, clinicId, serviceId, locationId);
      if (offer.capacity < 2) throw precondition("appointment.notGroup");
      const mode = input.mode ?? offer.modes[0] ?? "in-person";
      if (!offer.modes.includes(mode)) throw invalid("invalid", { mode: "appointment.mode" });
      refusePast(input.date, offer.timeZone);
      const { settled, skipped } = await settleTimes(db, ctx, input, series);
      const seriesId = await openSeries(db, clinicId, series, settled.length);
      const sittings = settled.map((taken, at) => ({
        ...taken,
        id: at === 0 ? id : newId(),
        kind: "group" as const,
        serviceId,
        locationId,
        mode,
        title,
        minute,
        timeZone: offer.timeZone,
        durationMinutes: input.durationMinutes ?? offer.durationMinutes,
        bufferBeforeMinutes: offer.bufferBeforeMinutes,
        bufferAfterMinutes: offer.bufferAfterMinutes,
        capacity: input.capacity ?? offer.capacity,
        seriesId,
        seriesIndex: seriesId ? at + 1 : null,
      }));
      await writeSittings(db, ctx, sittings);
      await recordAudit(db, ctx, {
        event: "sitting.group-opened",
        action: "C",
        entity: "Sitting",
        entityIds: sittings.map((one) => one.id),
        detail: { overbooked: sittings.some(({ overbookReason }) => overbookReason !== null) },
      });
      return { id, version: 1, seriesId, skipped };
    });
  return tellNext(ctx, () => (series ? null : input), gesture);
}
