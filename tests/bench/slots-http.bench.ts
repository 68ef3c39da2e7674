import { createHash, randomBytes } from "node:crypto";
import { type FreeTime, type FreeTimes, unpackTimes } from "#server/booking/free-times.ts";
import { newId } from "#server/db/new-id.ts";
import { openBusyHost } from "./busy-host.ts";
import type { GeneratedClinic } from "./generate.ts";
import { load } from "./load.ts";
import { type Bench, percentiles, type Row } from "./measure.ts";
import { cpuOf } from "./process-use.ts";
import { type Served, serveWorld } from "./served-world.ts";
import { makeSlotsClinic, publish } from "./slots-clinic.ts";
import { connect, type World } from "./world.ts";

const atOnce = 16;
const rounds = 320;
const bookings = 25;

/** What a visitor waits for: free times through the built web process, in a clinic of 20 practitioners that is 85 % full. */
export const run: Bench["run"] = async () => {
  const world = await openBusyHost();
  const slots = await makeSlotsClinic(world.adminUrl, world.large);
  const admin = await connect(world.adminUrl);
  await publish(admin, world.large);
  const served = await serveWorld(world);
  try {
    const base = `/api/c/${world.large.slug}/trpc/booking`;
    const read = (name: string, input: object) =>
      `${base}.${name}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
    const day = (n: number) => new Date(slots.from.getTime() + n * 86_400_000).toISOString().slice(0, 10);
    let asked = 0;
    // No two of them alike: 250 first days, for new patients and for others, all within the service's horizon.
    const fresh = () => {
      const n = asked++ % 500;
      return read("times", { serviceId: slots.plain, from: day(n % 250), days: 31, newPatient: n < 250 });
    };
    const same = () => read("times", { serviceId: slots.plain, from: day(10), days: 31, newPatient: false });
    const week = () => read("times", { serviceId: slots.plain, from: day(10), days: 7, newPatient: false });
    const next = () => read("nextTimes", { newPatient: false });
    const rows: Row[] = [];
    for (const [name, path, most] of [
      ["31 days of 20 practitioners, never asked before", fresh, 200],
      ["the same 31 days again and again, unchanged", same, 60],
      ["a week of it, as the page asks, unchanged", week, 60],
      ["the first free time of each service, unchanged", next, 60],
    ] as const)
      rows.push({ name: `${name}, ${atOnce} at once`, ...(await reading(served, path, most)) });
    rows.push(await seen(served, world, slots.plain, week()));
    return { rows, notes: "Load generator, web, worker and PostgreSQL share the machine's processors." };
  } finally {
    await Promise.all([served.stop(), admin.end()]);
    await world.stop();
  }
};

let visitor = 0;
/** Everybody has an address of their own. */
const headers = () => {
  visitor += 1;
  return { "x-forwarded-for": `198.51.${100 + (Math.floor(visitor / 200) % 100)}.${1 + (visitor % 200)}` };
};

async function reading(served: Served, path: () => string, most: number) {
  const [url] = served.urls as [string];
  await load(url, headers, path, { connections: atOnce, amount: 64 });
  const [before, asked] = [cpuOf(served.web), await keptTimes(served)];
  const { durations } = await load(url, headers, path, { connections: atOnce, amount: rounds });
  const now = await keptTimes(served);
  const times = percentiles(durations);
  const [hits, misses] = [now.hits - asked.hits, now.misses - asked.misses];
  return {
    ...times,
    cpu: (cpuOf(served.web) - before) / rounds,
    target: `p95 ≤ ${most} ms`,
    met: times.p95 <= most,
    note: `${((100 * hits) / (hits + misses)).toFixed(1)} % from a kept answer`,
  };
}

async function keptTimes({ metricsUrl }: Served): Promise<{ hits: number; misses: number }> {
  const told = await (await fetch(metricsUrl)).text();
  const count = (kept: boolean) =>
    Number(new RegExp(`^chevet_kept_times_asked_total\\{kept="${kept}"\\} (\\d+)`, "m").exec(told)?.[1] ?? 0);
  return { hits: count(true), misses: count(false) };
}

/** A visitor takes a time; whoever asks next, from an answer that was kept until then, is not offered it. */
async function seen(served: Served, world: World, serviceId: string, path: string): Promise<Row> {
  const own = await connect(world.url("chevet_web"));
  const ask = async (): Promise<FreeTime[]> => {
    const answer = await fetch(`${served.urls[0]}${path}`, { headers: headers() });
    const body = (await answer.json()) as { result: { data: { json: FreeTimes } } };
    return unpackTimes(body.result.data.json);
  };
  const clinic: GeneratedClinic = world.large;
  let stale = 0;
  const durations: number[] = [];
  try {
    for (let n = 0; n < bookings; n += 1) {
      await ask();
      const times = await ask();
      const time = times[Math.floor((n * times.length) / bookings)] as FreeTime;
      const token = createHash("sha256").update(randomBytes(32)).digest();
      const { rows } = await own.query<{ answer: { held: boolean } }>(
        "select reference.hold_slot($1, $2, $3, $4, $5, $6, $7, $8, $9, 'in-person', false, false, null, true) as answer",
        [
          clinic.id,
          newId(),
          token,
          newId(),
          [newId(), newId()],
          serviceId,
          time.startsAt,
          time.resourceId,
          time.locationId,
        ],
      );
      if (!rows[0]?.answer.held) throw new Error("a time that was offered could not be held");
      const started = performance.now();
      const later = await ask();
      durations.push(performance.now() - started);
      if (later.some((one) => one.startsAt.getTime() === time.startsAt.getTime() && one.resourceId === time.resourceId))
        stale += 1;
    }
  } finally {
    await own.end();
  }
  return {
    name: `a week, asked at once after one of its times was taken, ${bookings} times`,
    ...percentiles(durations),
    target: "0 stale",
    met: stale === 0,
    value: `${stale} stale`,
  };
}
