import { load } from "./load.ts";
import { type Bench, percentiles, type Row } from "./measure.ts";
import { cpuOf } from "./process-use.ts";
import { type Served, serveWorld } from "./served-world.ts";
import { openWorld } from "./world.ts";

const rounds = 100;
const most = 60;

/** The register of the largest clinic through the built web process: its first page under each filter, and pages turned by key. */
export const run: Bench["run"] = async () => {
  const world = await openWorld();
  const served = await serveWorld(world);
  const base = `/api/clinic/${world.large.slug}/trpc/patient.list`;
  const read = (filters: object, more: object = {}) =>
    `${base}?input=${encodeURIComponent(JSON.stringify({ json: { filters, ...more } }))}`;
  const about = `${world.large.patients.toLocaleString("fr-CA")} patients`;
  try {
    const rows: Row[] = [];
    for (const [name, path] of [
      ["the first page", () => read({})],
      ["aged 65 and over", () => read({ ageFrom: 65 })],
      ["aged 95 and over, in English", () => read({ ageFrom: 95, language: "en" })],
      ["no next visit, not seen for a year", () => read({ noNextVisit: true, notSeenWithin: 12 })],
      ["with an alert: there is none, so all are looked at", () => read({ withAlert: true })],
      ["inactive: there is none", () => read({ status: "inactive" })],
      ["a name searched", () => read({ text: "tremblay" })],
    ] as const)
      rows.push({ name: `${about}: ${name}`, ...(await reading(served, path)) });
    return { rows };
  } finally {
    await served.stop();
    await world.stop();
  }
};

async function reading(served: Served, path: () => string) {
  const [url, headers] = [served.urls[0] as string, { cookie: served.cookie }];
  await load(url, headers, path, { connections: 1, amount: 10 });
  const before = cpuOf(served.web);
  const { durations } = await load(url, headers, path, { connections: 1, amount: rounds });
  const times = percentiles(durations);
  return { ...times, cpu: (cpuOf(served.web) - before) / rounds, target: `p95 ≤ ${most} ms`, met: times.p95 <= most };
}
