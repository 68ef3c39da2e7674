import { join } from "node:path";
import { freePort } from "#infra/local/free-port.ts";
import { waitServed } from "#infra/local/wait-served.ts";
import { load, type Slice } from "./load.ts";
import { type Bench, percentiles, type Row } from "./measure.ts";
import { patientIds } from "./patient-ids.ts";
import { cpuOf, cpuOfPostgres } from "./process-use.ts";
import { type Served, serveWorld, startProgram } from "./served-world.ts";
import { connect, openWorld, type World } from "./world.ts";

const connections = 8;
const rounds = 8;
const perSlice = 1_000;
const target = "≥ 0.5";

/** One way to serve a call: whose process, which address, which path. */
interface Way {
  readonly name: string;
  readonly pid: number;
  readonly url: string;
  readonly path: () => string;
}

/**
 * One patient read by key and journaled, and one plain list, through the built web process and beside it a bare Node + pg server, in one run:
 * the ways take turns, slice by slice, so that whatever else the machine does falls on all alike.
 */
export const run: Bench["run"] = async () => {
  const world = await openWorld();
  const port = await freePort();
  const floor = startProgram(
    ["--import", "tsx", "tests/bench/floor-server.ts"],
    { FLOOR_PORT: String(port), NODE_ENV: "production" },
    join(world.dataDir, "floor.log"),
  );
  const served = await serveWorld(world);
  const bare = { pid: floor.pid, url: `http://127.0.0.1:${port}` };
  try {
    const patients = await patientIds(world);
    await prepare(world);
    const rows: Row[] = [];
    for (const [what, webPath, barePath] of [
      [
        "patient by key, journaled",
        trpcPath("patient.read", () => ({ id: patients() })),
        () => `patient/${patients()}`,
      ],
      ["locations, not journaled", trpcPath("location.list"), () => "locations"],
    ] as const) {
      const from = `/${world.large.slug}/`;
      const ways: Way[] = [
        { name: `${what}: bare, each statement awaited`, ...bare, path: () => `/awaited${from}${barePath()}` },
        { name: `${what}: bare, statements sent together`, ...bare, path: () => `/sent${from}${barePath()}` },
        { name: `${what}: bare, Chevet's own functions`, ...bare, path: () => `/called${from}${barePath()}` },
        {
          name: `${what}: tRPC`,
          pid: served.web,
          url: served.url.replace("localhost", "127.0.0.1"),
          path: () => `/api/clinic/${world.large.slug}/trpc/${webPath()}`,
        },
      ];
      await waitServed(`${bare.url}/ready`, 10_000, floor.failure);
      rows.push(...(await compare(world, served, ways)));
    }
    return { rows, notes };
  } finally {
    await Promise.all([served.stop(), floor.stop()]);
    await world.stop();
  }
};

const notes = `The ratio of a bare way is what tRPC reaches of it. The target is held against « statements sent together »: one
transaction that checks the session, becomes the member, reads under row security and journals, whatever needs no earlier answer
sent in one go. « Chevet's own functions » are the two calls that Chevet's verbs make: what is left is the web process's own cost.
Load generator, servers and PostgreSQL share the machine's processors.`;

const trpcPath = (procedure: string, input?: () => unknown) => () =>
  input ? `${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input() }))}` : procedure;

async function compare(world: World, served: Served, ways: readonly Way[]): Promise<Row[]> {
  const totals = ways.map(() => ({ durations: [] as number[], elapsed: 0, cpu: 0, database: 0 }));
  const headers = { cookie: served.cookie };
  // Long enough for the compiler of JavaScript to have seen what is hot.
  for (const { url, path } of ways) await load(url, headers, path, { connections, amount: 2 * perSlice });
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, way] of ways.entries()) {
      const [cpu, database] = [cpuOf(way.pid), cpuOfPostgres(world.postmasterPid)];
      const slice: Slice = await load(way.url, headers, way.path, { connections, amount: perSlice });
      const total = totals[at];
      if (!total) continue;
      total.durations.push(...slice.durations);
      total.elapsed += slice.elapsed;
      total.cpu += cpuOf(way.pid) - cpu;
      total.database += since(database, cpuOfPostgres(world.postmasterPid));
    }
  }
  const measured = totals.map(({ durations, elapsed, cpu, database }) => ({
    ...percentiles(durations),
    rate: durations.length / (elapsed / 1000),
    cpu: cpu / durations.length,
    database: database / durations.length,
  }));
  const floors = measured.slice(0, -1);
  const own = measured.at(-1);
  return measured.map(({ database, ...times }, at) => {
    const row = {
      name: ways[at]?.name ?? "",
      ...times,
      note: `PostgreSQL's CPU ${database.toFixed(2)} ms per call`,
    };
    if (at < floors.length) {
      const ratio = (own?.rate ?? Number.NaN) / times.rate;
      return {
        ...row,
        ratio,
        note: `${row.note}; Node's CPU of tRPC against this ${((own?.cpu ?? Number.NaN) / times.cpu).toFixed(2)}`,
      };
    }
    const ratio = times.rate / (floors[1]?.rate ?? Number.NaN);
    return { ...row, ratio, target, met: ratio >= 0.5 };
  });
}

function since(before: Map<number, number>, after: Map<number, number>): number {
  return [...after].reduce((sum, [pid, used]) => sum + used - (before.get(pid) ?? 0), 0);
}

/** A clinic of three places, as a clinic of this size has. */
async function prepare({ adminUrl, large }: World): Promise<void> {
  const admin = await connect(adminUrl);
  await admin.query(
    `insert into clinic.location (clinic_id, id, name, time_zone)
     select $1, gen_random_uuid(), n, 'America/Toronto' from unnest('{Limoilou,Sillery,Vanier}'::text[]) as t (n)
     where not exists (select from clinic.location where clinic_id = $1)`,
    [large.id],
  );
  await admin.end();
}
