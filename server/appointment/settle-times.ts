import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { type Asked, explainTimes, type WallTime } from "./explain-times.ts";
import type { RefusedDate } from "./record.ts";
import type { SeriesRule } from "./schema.ts";
import { seriesDates } from "./series-dates.ts";
import { type Settled, settle, taken } from "./settle.ts";

/** What one time, or each date of a series, takes. The caller has taken its turn. */
export interface SettledTimes {
  readonly settled: readonly (Settled & { readonly date: string })[];
  /** Dates that were left out, since the series says so. */
  readonly skipped: readonly RefusedDate[];
}

/** @throws Conflict `appointment.taken` when the time, or a date of the series that may not be left out, is refused */
export async function settleTimes(
  db: Db,
  ctx: ClinicContext,
  asked: Asked & WallTime & { readonly overbookReason?: string | undefined },
  series: SeriesRule | undefined,
): Promise<SettledTimes> {
  const { minute, overbookReason } = asked;
  const dates = series ? seriesDates(series, asked.date) : [asked.date];
  const times = dates.map((date) => ({ date, minute }));
  const explained = await explainTimes(db, ctx.clinic.id, asked, times, series ? 0 : 3);
  const settled: (Settled & { date: string })[] = [];
  const refused: RefusedDate[] = [];
  for (const [at, explanation] of explained.entries()) {
    const date = dates[at] as string;
    const takes = settle(ctx, explanation, overbookReason);
    if (takes) settled.push({ ...takes, date });
    else refused.push({ date, minute, reasons: explanation.reasons });
  }
  const first = explained.find(({ free }) => !free);
  if (first && refused.length > 0 && (!series?.skipTaken || settled.length === 0))
    throw taken(first, series ? refused : []);
  return { settled, skipped: refused };
}
