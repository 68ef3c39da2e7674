import fc from "fast-check";

/** Everything that availability depends on, at random: small, and close together, so that the rules meet each other. */

/** Days about which the clocks change twice, a leap day, a new year, and an ordinary week. */
export const days = ["2027-03-13", "2027-11-06", "2028-02-28", "2027-12-31", "2027-06-15"] as const;
export const zones = ["America/Toronto", "America/Halifax", "America/Blanc-Sablon"] as const;

/** Resources 0 to 2 are practitioners, 3 to 6 rooms; rooms 3 to 5 stand at location 0, room 6 at location 1. */
export const practitionerCount = 3;
export const roomPlaces = [0, 0, 0, 1] as const;
export const resourceCount = practitionerCount + roomPlaces.length;

const resource = fc.integer({ min: 0, max: resourceCount - 1 });
const practitioner = fc.integer({ min: 0, max: practitionerCount - 1 });
const place = fc.integer({ min: 0, max: 1 });
const minute = fc.integer({ min: 0, max: 287 }).map((n) => n * 5);
// Zero is what is tried most often: rare is the other end.
const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 9);
const practitioners = fc.uniqueArray(practitioner, { minLength: 1, maxLength: 3 });
/** « this » is the service that is asked for. */
const forService = fc.constantFrom("any", "any", "this", "other");

const rule = fc.record({
  resource: fc.oneof({ weight: 4, arbitrary: practitioner }, { weight: 1, arbitrary: resource }),
  place,
  closed: fc.integer({ min: 0, max: 3 }).map((n) => n === 3),
  /** Days after the first, which says the day of the week. */
  dayOffset: fc.integer({ min: 0, max: 2 }),
  from: fc.constantFrom(0, 60, 120, 150, 480, 485, 540, 720),
  length: fc.constantFrom(30, 60, 185, 240, 480, 960, 1440),
  service: forService,
  newPatients: rarely,
  /** Weeks before the window from which it holds. */
  since: fc.integer({ min: -1, max: 5 }),
  /** Days after the first on which it ends. */
  until: fc.option(fc.integer({ min: -1, max: 2 }), { freq: 4 }),
  everyWeeks: fc.constantFrom(1, 1, 2, 3),
  removed: rarely,
});

const exception = fc.record({
  resource: fc.option(resource, { freq: 5 }),
  place: fc.option(place, { freq: 2 }),
  open: fc.boolean(),
  dayOffset: fc.integer({ min: -1, max: 2 }),
  from: fc.constantFrom(0, 120, 150, 540, 1020, 1380),
  days: fc.constantFrom(0, 0, 0, 1, 2),
  until: fc.constantFrom(60, 150, 180, 600, 1200, 1440),
  removed: rarely,
});

const sitting = fc.record({
  resources: fc.uniqueArray(resource, { minLength: 1, maxLength: 3 }),
  place,
  service: fc.constantFrom("this", "this", "other", "block"),
  dayOffset: fc.integer({ min: -1, max: 3 }),
  minute,
  length: fc.constantFrom(15, 20, 30, 60, 60, 240, 1440),
  before: fc.constantFrom(0, 0, 0, 10, 180),
  after: fc.constantFrom(0, 0, 0, 15, 180),
  /** For a hold: seconds between now and when it ends. */
  heldFor: fc.option(fc.constantFrom(-60, 0, 1, 300), { freq: 2 }),
  cancelled: rarely,
});

const requirement = fc.oneof(
  fc.record({ kind: fc.constant("type" as const), quantity: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    kind: fc.constant("named" as const),
    quantity: fc.integer({ min: 1, max: 2 }),
    resources: fc.uniqueArray(resource, { minLength: 1, maxLength: 4 }),
  }),
);

/** Most of them work most of the day: a clinic where nothing is open proves little. */
const usualHours = fc.record({
  place: fc.constantFrom(0, 0, 0, 1),
  from: fc.constantFrom(0, 60, 480, 485),
  length: fc.constantFrom(480, 960, 1440),
  away: fc.integer({ min: 0, max: 4 }).map((n) => n === 4),
});

export const randomClinic = fc.record({
  day: fc.constantFrom(...days),
  otherZone: fc.constantFrom(...zones),
  closedPlace: rarely,
  idle: fc.option(resource, { freq: 1 }),
  length: fc.constantFrom<number>(15, 20, 30, 60, 90),
  step: fc.constantFrom(10, 15, 20, 45),
  before: fc.constantFrom<number>(0, 0, 0, 5, 180),
  after: fc.constantFrom<number>(0, 0, 0, 10, 180),
  notice: fc.constantFrom(0, 0, 60, 1440),
  horizon: fc.constantFrom(365, 365, 1, 2),
  dailyLimit: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 2 }),
  lead: fc.record({ resources: practitioners, quantity: fc.constantFrom(1, 1, 1, 2) }),
  beside: fc.array(requirement, { maxLength: 2 }),
  usual: fc.array(usualHours, { minLength: practitionerCount, maxLength: practitionerCount }),
  rules: fc.array(rule, { maxLength: 6 }),
  exceptions: fc.array(exception, { maxLength: 3 }),
  sittings: fc.array(sitting, { maxLength: 12 }),
  /** Minutes after the first day's midnight in UTC. */
  from: minute,
  hours: fc.constantFrom(24, 12, 55, 0),
  /** Seconds between now and the beginning of the window. */
  ahead: fc.constantFrom(172_800, 7200, 30, 0, -3600),
  wanted: fc.option(fc.uniqueArray(practitioner, { maxLength: 3 }), { freq: 1 }),
  where: fc.option(place, { freq: 1 }),
  newPatient: fc.boolean(),
  staff: fc.boolean(),
  moving: fc.option(fc.integer({ min: 0, max: 11 }), { freq: 3 }),
  limit: fc.constantFrom(1, 3, 10_000),
});

export type RandomClinic = typeof randomClinic extends fc.Arbitrary<infer T> ? T : never;
export type RandomRule = RandomClinic["rules"][number];
export type RandomSitting = RandomClinic["sittings"][number];

/** The day so many days after another. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** ISO 8601: 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** The usual hours of each, as rules, before the others. */
export const rulesOf = ({ usual, rules }: RandomClinic): RandomRule[] => [
  ...usual.flatMap(({ place, from, length, away }, resource) =>
    [0, 1, 2].map((dayOffset) => ({
      ...{ resource, place, dayOffset, from, length, removed: away },
      ...{ closed: false, service: "any" as const, newPatients: false, since: 4, until: null, everyWeeks: 1 as const },
    })),
  ),
  ...rules,
];

/** What the generator means, where the two readers need the same arithmetic. */
export const ruleDays = (clinic: RandomClinic, rule: RandomRule) => ({
  weekday: weekdayOf(addDays(clinic.day, rule.dayOffset)),
  validFrom: addDays(clinic.day, -7 * rule.since),
  validUntil: rule.until === null ? null : addDays(clinic.day, Math.max(rule.until, -7 * rule.since)),
  until: Math.min(1440, rule.from + rule.length),
});
