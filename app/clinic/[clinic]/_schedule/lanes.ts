/** Something that stands in a column of the agenda, in minutes since midnight. */
export interface Timed {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

/** Which of how many lanes it stands in, side by side with what it overlaps, and how many of them it may spread over. */
export interface Lane {
  readonly lane: number;
  readonly lanes: number;
  readonly span: number;
}

/**
 * Lays overlapping events side by side: the earliest first, each in the first lane that is free, as wide as what stands at
 * its right lets it. Events that only touch do not overlap. Whatever overlaps, directly or not, shares one count of lanes.
 */
export function layOutLanes(events: readonly Timed[]): Map<string, Lane> {
  const placed = new Map<string, Lane>();
  const sorted = [...events].sort((a, b) => a.from - b.from || b.until - a.until || (a.id < b.id ? -1 : 1));
  let cluster: Timed[] = [];
  let ends = Number.NEGATIVE_INFINITY;
  for (const event of sorted) {
    if (event.from >= ends) {
      placeCluster(cluster, placed);
      cluster = [];
      ends = Number.NEGATIVE_INFINITY;
    }
    cluster.push(event);
    ends = Math.max(ends, event.until);
  }
  placeCluster(cluster, placed);
  return placed;
}

function placeCluster(cluster: readonly Timed[], placed: Map<string, Lane>): void {
  const lanes: Timed[][] = [];
  const laneOf = new Map<string, number>();
  for (const event of cluster) {
    const free = lanes.findIndex((lane) => (lane.at(-1)?.until ?? 0) <= event.from);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = [...(lanes[lane] ?? []), event];
    laneOf.set(event.id, lane);
  }
  for (const event of cluster) {
    const lane = laneOf.get(event.id) ?? 0;
    const right = lanes.slice(lane + 1);
    const wall = right.findIndex((others) => others.some((other) => overlaps(other, event)));
    placed.set(event.id, { lane, lanes: lanes.length, span: 1 + (wall < 0 ? right.length : wall) });
  }
}

function overlaps(one: Timed, other: Timed): boolean {
  return one.from < other.until && other.from < one.until;
}
