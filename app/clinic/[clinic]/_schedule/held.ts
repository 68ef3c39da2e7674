import type { AgendaView } from "#server/appointment/record.ts";

type Read = Pick<AgendaView, "now" | "sittings">;

/** How long after the reading a hold ends (ms), by the server's clock; undefined for what is no hold. */
function endOf({ now }: Read, { status, heldUntil }: Read["sittings"][number]): number | undefined {
  return status === "held" && heldUntil ? Date.parse(heldUntil) - Date.parse(now) : undefined;
}

/** When the next hold runs out, in milliseconds after the reading; undefined when none is left. */
export function nextEnd(read: Read, elapsed: number): number | undefined {
  const ends = read.sittings.map((sitting) => endOf(read, sitting) ?? Number.NaN).filter((end) => end > elapsed);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** The reading without the holds that have run out since; itself when there are none. */
export function withoutOver<View extends Read>(read: View, elapsed: number): View {
  const sittings = read.sittings.filter((sitting) => (endOf(read, sitting) ?? Number.POSITIVE_INFINITY) > elapsed);
  return sittings.length === read.sittings.length ? read : { ...read, sittings };
}
