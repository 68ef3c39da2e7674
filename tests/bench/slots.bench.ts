import { newId } from "#server/db/new-id.ts";
import { openBusyHost } from "./busy-host.ts";
import type { GeneratedClinic } from "./generate.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { cpuOf } from "./process-use.ts";
import { makeSlotsClinic, type SlotsClinic } from "./slots-clinic.ts";
import { connect, type World } from "./world.ts";

const calls = 200;

/** Availability inside the database, nothing cached: clinic.find_slots for a visitor who has entered, in a clinic 85 % full. */
export const run: Bench["run"] = async () => {
  const world = await openBusyHost();
  try {
    const slots = await makeSlotsClinic(world.adminUrl, world.large);
    const rows: Row[] = [];
    for (const [label, service] of [
      ["one practitioner of 20", slots.plain],
      ["one practitioner of 20 and a room of 22", slots.withRoom],
      ["two practitioners of 20 and a room", slots.two],
    ] as const) {
      const month = await measure(world, world.large, slots, service, 31, 5_000);
      rows.push({ name: `31 days, ${label}`, ...month, ...against(month.p95, 25) });
    }
    for (const [label, service] of [
      ["one practitioner of 20", slots.plain],
      ["one practitioner of 20 and a room of 22", slots.withRoom],
      ["full for ten weeks", slots.full],
    ] as const) {
      const next = await measure(world, world.large, slots, service, 365, 1);
      rows.push({ name: `next available, ${label}`, ...next, ...against(next.p95, 20) });
    }
    return { rows };
  } finally {
    await world.stop();
  }
};

const against = (p95: number, most: number) => ({ target: `p95 ≤ ${most} ms`, met: p95 <= most });

/** Different first days, so that no call repeats the one before. `limit` 1 is « next available ». */
async function measure(
  world: World,
  clinic: GeneratedClinic,
  slots: SlotsClinic,
  service: string,
  days: number,
  limit: number,
) {
  const client = await connect(world.url("chevet_web"));
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid ?? 0;
  const ask = async (call: number) => {
    const from = new Date(slots.from.getTime() + (call % 40) * 86_400_000);
    const until = new Date(from.getTime() + days * 86_400_000);
    const found = await client.query({
      name: limit === 1 ? "next" : "slots",
      text:
        limit === 1
          ? "select * from clinic.next_slot($1, $2, $3, $4, null, null, false, false, $3)"
          : `select * from clinic.find_slots($1, $2, $3, $4, null, null, false, false, null, $3, ${limit})`,
      values: [clinic.id, service, from, until],
    });
    if (!found.rowCount) throw new Error("nothing is free: the measure says nothing");
  };
  await client.query("begin");
  await client.query("select reference.enter('staff', $1, $2, request => $3)", [clinic.id, clinic.ownerId, newId()]);
  for (let call = 0; call < 20; call += 1) await ask(call);
  const before = cpuOf(pid);
  const durations: number[] = [];
  for (let call = 0; call < calls; call += 1) durations.push(await timed(() => ask(call)));
  const cpu = (cpuOf(pid) - before) / calls;
  await client.query("rollback");
  await client.end();
  return { ...percentiles(durations), cpu };
}
