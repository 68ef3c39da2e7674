/** Free times as they travel, and as they are read. Browser-safe. */

export interface FreeTime {
  readonly startsAt: Date;
  /** `YYYY-MM-DD` where the visit is given. */
  readonly day: string;
  readonly locationId: string;
  /** In whose column it stands. */
  readonly resourceId: string;
}

/** As PostgreSQL finds it: seconds since 1970, day, location, resource. */
export type FoundTime = readonly [startsAt: number, day: string, locationId: string, resourceId: string];

/**
 * Earliest first. A month has hundreds of times and few days, places and people: each is written once and then named by its place in
 * its list, which is a tenth of the bytes on an old phone.
 */
export interface FreeTimes {
  readonly days: readonly string[];
  readonly locationIds: readonly string[];
  readonly resourceIds: readonly string[];
  /** Seconds since 1970, then the places in the three lists above. */
  readonly times: readonly (readonly [startsAt: number, day: number, locationId: number, resourceId: number])[];
}

export function packTimes(found: readonly FoundTime[]): FreeTimes {
  const [days, locationIds, resourceIds] = [placesIn(), placesIn(), placesIn()];
  const times = found.map(
    ([startsAt, day, locationId, resourceId]) =>
      [startsAt, days.of(day), locationIds.of(locationId), resourceIds.of(resourceId)] as const,
  );
  return { days: days.all(), locationIds: locationIds.all(), resourceIds: resourceIds.all(), times };
}

export function unpackTimes({ days, locationIds, resourceIds, times }: FreeTimes): FreeTime[] {
  return times.map(([startsAt, day, locationId, resourceId]) => ({
    startsAt: new Date(startsAt * 1000),
    day: days[day] ?? "",
    locationId: locationIds[locationId] ?? "",
    resourceId: resourceIds[resourceId] ?? "",
  }));
}

function placesIn() {
  const known = new Map<string, number>();
  return {
    of(text: string): number {
      const place = known.get(text) ?? known.size;
      known.set(text, place);
      return place;
    },
    all: () => [...known.keys()],
  };
}
