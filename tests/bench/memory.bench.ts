import { setTimeout as sleep } from "node:timers/promises";
import { load } from "./load.ts";
import type { Bench, Row } from "./measure.ts";
import { patientIds } from "./patient-ids.ts";
import { memoryOfPostgres, residentOf } from "./process-use.ts";
import { serveWorld } from "./served-world.ts";
import { openWorld } from "./world.ts";

/** Memory of web, worker and database: before anybody came, and the most while calls, pages and jobs run. */
export const run: Bench["run"] = async () => {
  const world = await openWorld();
  const served = await serveWorld(world);
  try {
    const headers = { cookie: served.cookie };
    // The worker is up a moment after the web process answers.
    await sleep(5_000);
    const now = () => ({
      web: residentOf(served.web),
      worker: residentOf(served.worker),
      postgres: memoryOfPostgres(world.postmasterPid),
    });
    const rest = now();
    const most = { web: 0, worker: 0, postgres: { total: 0, shared: 0 } };
    const watch = setInterval(() => {
      const { web, worker, postgres } = now();
      most.web = Math.max(most.web, web);
      most.worker = Math.max(most.worker, worker);
      if (postgres.total > most.postgres.total) most.postgres = postgres;
    }, 250);
    const clinic = `/clinic/${world.large.slug}`;
    const patient = await patientIds(world);
    const read = () =>
      `/api${clinic}/trpc/patient.read?input=${encodeURIComponent(JSON.stringify({ json: { id: patient() } }))}`;
    const url = served.url.replace("localhost", "127.0.0.1");
    await load(url, headers, read, { connections: 8, amount: 10_000 });
    await load(url, headers, () => clinic, { connections: 8, amount: 400 });
    // The journals are sealed every ten seconds.
    await sleep(15_000);
    clearInterval(watch);
    const row = (name: string, megabytes: number, note: string): Row => ({ name, megabytes, note });
    const shared = (of: { shared: number }) => `sum of Pss, ${of.shared.toFixed(0)} MB of it shared buffers`;
    return {
      rows: [
        row("web at rest", rest.web, "RSS, no page served yet"),
        row("web under load", most.web, "RSS; 8 at once: 10,000 patients read, then 400 pages"),
        row("worker at rest", rest.worker, "RSS"),
        row("worker under load", most.worker, "RSS; what was read is sealed into the journal's chain"),
        row("PostgreSQL at rest", rest.postgres.total, shared(rest.postgres)),
        row("PostgreSQL under load", most.postgres.total, `${shared(most.postgres)}, of 2 GB that the bench allows`),
      ],
    };
  } finally {
    await served.stop();
    await world.stop();
  }
};
