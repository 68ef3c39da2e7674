import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import type { Settled } from "./settle.ts";

export interface NewSitting extends Settled {
  readonly id: string;
  readonly kind: "visit" | "group" | "block";
  readonly serviceId: string | null;
  readonly locationId: string;
  readonly mode: string;
  readonly title: string;
  readonly date: string;
  readonly minute: number;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly capacity: number;
  readonly seriesId: string | null;
  readonly seriesIndex: number | null;
}

/** A day as Prisma writes it. */
export const dayOf = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** Writes sittings that are booked, and what they take. The caller has taken its turn. */
export async function writeSittings(db: Db, ctx: ClinicContext, sittings: readonly NewSitting[]): Promise<void> {
  await db.sitting.createMany({
    data: sittings.map(({ date, minute, resourceIds, overbookReason: _, ...one }) => ({
      ...one,
      clinicId: ctx.clinic.id,
      resourceId: resourceIds[0] as string,
      localDate: dayOf(date),
      localMinute: minute,
      status: "booked",
      authorId: ctx.user.id,
    })),
  });
  await occupy(db, ctx, sittings);
}

/**
 * Takes the resources of sittings that stand. One that is forced blocks what it can, so that nobody is booked over it in turn,
 * and says who forced it and why; over what is there it does not block.
 */
export async function occupy(
  db: Db,
  ctx: ClinicContext,
  sittings: readonly (Settled & { readonly id: string })[],
): Promise<void> {
  const rows = sittings.flatMap(({ id, resourceIds, overbookReason }) =>
    resourceIds.map((resourceId) => ({ id: newId(), sittingId: id, resourceId, overbookReason })),
  );
  await db.$executeRaw`
    insert into clinic.occupancy (clinic_id, id, resource_id, sitting_id, blocking, overbooked_by, overbooking_reason)
    select s.clinic_id, u.id, u.resource_id, s.id, u.reason is null or not exists (
        select from clinic.occupancy o
        where o.clinic_id = s.clinic_id and o.resource_id = u.resource_id and o.sitting_id <> s.id and o.blocking
          and (o.hold_expires_at is null or o.hold_expires_at > now())
          and o.starts_at > s.starts_at - interval '2 days'
          and o.starts_at < s.ends_at + make_interval(mins => s.buffer_after_minutes)
          and o.ends_at > s.starts_at - make_interval(mins => s.buffer_before_minutes)),
      case when u.reason is not null then ${ctx.user.id}::uuid end, u.reason
    from unnest(
      ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ sittingId }) => sittingId)}::uuid[],
      ${rows.map(({ resourceId }) => resourceId)}::uuid[], ${rows.map(({ overbookReason }) => overbookReason)}::text[]
    ) as u (id, sitting_id, resource_id, reason)
    join clinic.sitting s on s.clinic_id = ${ctx.clinic.id}::uuid and s.id = u.sitting_id`;
}

/** Sets free what these sittings take: they are about to take something else. */
export async function vacate(db: Db, clinicId: string, sittingIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    delete from clinic.occupancy where clinic_id = ${clinicId}::uuid and sitting_id = any (${[...sittingIds]}::uuid[])`;
}
