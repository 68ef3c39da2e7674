import { newId } from "#server/db/new-id.ts";
import { makeAgendaClinic } from "./agenda-clinic.ts";
import { openBusyHost } from "./busy-host.ts";
import { load } from "./load.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { cpuOf } from "./process-use.ts";
import { type Served, serveWorld } from "./served-world.ts";

const rounds = 100;

/** The agenda of a clinic of 20 practitioners through the built web process: one request each. */
export const run: Bench["run"] = async () => {
  const world = await openBusyHost();
  const made = await makeAgendaClinic(world.adminUrl, world.large);
  const served = await serveWorld(world);
  const base = `/api/clinic/${world.large.slug}/trpc/appointment`;
  const read = (name: string, input: object) =>
    `${base}.${name}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  const day = (date: string, refresh: boolean) => read("agenda", { from: date, until: date, refresh });
  const at = { serviceId: made.withRoom, locationId: made.locationId, date: made.crowded };
  const minute = () => 480 + 5 * Math.floor(Math.random() * 100);
  try {
    const rows: Row[] = [];
    for (const [name, path, most] of [
      ["agenda, a day of 200 visits", () => day(made.busy, false), 60],
      ["the same, read again by itself", () => day(made.busy, true), 60],
      ["agenda, a day 85 % full (400 visits)", () => day(made.crowded, false), undefined],
      [
        "agenda, the week of it (2,000 visits)",
        () => read("agenda", { from: "2027-01-04", until: "2027-01-10" }),
        undefined,
      ],
      ["flow board, a day of 200 visits", () => read("board", { date: made.busy, refresh: true }), 60],
      [
        "every reason against a time, with the next three",
        () => read("explain", { ...at, minute: minute(), resourceId: any(made.practitioners) }),
        undefined,
      ],
    ] as const) {
      for (const connections of [1, 4]) {
        const times = await reading(served, path, connections);
        rows.push({ name: `${name}, ${connections} at once`, ...times, ...(most ? against(times.p95, most) : {}) });
      }
    }
    rows.push({
      name: "a visit booked, moved and cancelled: each step",
      ...(await gestures(served, base, made, minute)),
    });
    return { rows };
  } finally {
    await served.stop();
    await world.stop();
  }
};

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const against = (p95: number, most: number) => ({ target: `p95 ≤ ${most} ms`, met: p95 <= most });

async function reading(served: Served, path: () => string, connections: number) {
  const [url, headers] = [served.urls[0] as string, { cookie: served.cookie }];
  await load(url, headers, path, { connections, amount: 50 });
  const before = cpuOf(served.web);
  const { durations } = await load(url, headers, path, { connections, amount: rounds });
  return { ...percentiles(durations), cpu: (cpuOf(served.web) - before) / rounds };
}

/** Free times only: what is refused is another measure. */
async function gestures(
  served: Served,
  base: string,
  made: Awaited<ReturnType<typeof makeAgendaClinic>>,
  minute: () => number,
) {
  const durations: number[] = [];
  const call = async (name: string, input: object): Promise<Record<string, unknown> | undefined> => {
    let answer: Response | undefined;
    const took = await timed(async () => {
      answer = await fetch(`${served.urls[0]}${base}.${name}`, {
        method: "POST",
        headers: { cookie: served.cookie, origin: served.url, "content-type": "application/json" },
        body: JSON.stringify({ json: input }),
      });
    });
    const body = (await answer?.json()) as { result?: { data: { json: Record<string, unknown> } } };
    if (body.result) durations.push(took);
    return body.result?.data.json;
  };
  for (let n = 0; n < 60; n += 1) {
    const [id, sittingId] = [newId(), newId()];
    const date = `2028-04-${String(3 + (n % 5)).padStart(2, "0")}`;
    const who = { serviceId: made.withRoom, locationId: made.locationId, patientId: any(made.patients) };
    const booked = await call("book", {
      id,
      sittingId,
      ...who,
      date,
      minute: minute(),
      resourceId: any(made.practitioners),
    });
    if (!booked) continue;
    await call("move", { sittingId, version: 1, date, minute: minute() });
    await call("cancel", { id, version: 1, by: "patient" });
  }
  if (durations.length < 60) throw new Error("too little was free: the measure says nothing");
  const { p95, ...times } = percentiles(durations);
  return { ...times, p95, ...against(p95, 150) };
}
