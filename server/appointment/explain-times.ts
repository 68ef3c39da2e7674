import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import type { Explanation } from "./record.ts";

/** What is asked for, whenever it is. */
export interface Asked {
  readonly serviceId: string;
  readonly locationId: string;
  readonly resourceId?: string | undefined;
  /** Taken first where several could be. */
  readonly preferredIds?: readonly string[];
  readonly durationMinutes?: number | undefined;
  readonly newPatient?: boolean | undefined;
  /** A sitting whose own time counts as free. */
  readonly ignoreSittingId?: string | undefined;
}

export interface WallTime {
  readonly date: string;
  readonly minute: number;
}

/** One row per wall time, in their order. A time that the spring skips is no time, and says so. */
export const explainText = `
  select case when (w.at at time zone l.time_zone) = w.wall then e.explanation else e.explanation || jsonb_build_object('free', false, 'resourceIds', null,
      'reasons', (e.explanation -> 'reasons') || '[{"code":"clock","resourceId":null,"from":null,"until":null,"sittingId":null,"needed":null,"free":null,"resourceType":null}]')
    end as explanation
  from clinic.location l
  cross join lateral (
    select u.n, u.day + make_interval(mins => u.minute) as wall, (u.day + make_interval(mins => u.minute)) at time zone l.time_zone as at
    from unnest($4::date[], $5::int[]) with ordinality as u (day, minute, n)
  ) w
  cross join lateral (
    select clinic.explain_slot($1::uuid, $2::uuid, l.id, w.at, $6::uuid, $7::uuid[], $8::int, $9::boolean, true, $10::uuid, now(), $11::int) as explanation
  ) e
  where l.clinic_id = $1::uuid and l.id = $3::uuid order by w.n`;

/** The values of `explainText`. `next` is how many free times are looked for when one is not. */
export function explainValues(clinicId: string, asked: Asked, times: readonly WallTime[], next: number): unknown[] {
  return [
    clinicId,
    asked.serviceId,
    asked.locationId,
    times.map(({ date }) => date),
    times.map(({ minute }) => minute),
    asked.resourceId ?? null,
    asked.preferredIds ?? [],
    asked.durationMinutes ?? null,
    asked.newPatient ?? false,
    asked.ignoreSittingId ?? null,
    next,
  ];
}

/**
 * Whether each of these times is free, inside a verb's transaction that has taken its turn: what is free stays so until it ends.
 * @throws NotFound when there is no such service or place
 */
export async function explainTimes(
  db: Db,
  clinicId: string,
  asked: Asked,
  times: readonly WallTime[],
  next: number,
): Promise<Explanation[]> {
  const rows = await db.$queryRawUnsafe<{ explanation: Explanation | null }[]>(
    explainText,
    ...explainValues(clinicId, asked, times, next),
  );
  if (rows.length !== times.length) throw notFound();
  return rows.map(({ explanation }) => {
    if (!explanation) throw notFound();
    return explanation;
  });
}
