import { newId } from "#server/db/new-id.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { patientIds } from "./patient-ids.ts";
import { cpuOf } from "./process-use.ts";
import { type Served, serveWorld } from "./served-world.ts";
import { connect, openWorld, type World } from "./world.ts";

const rounds = 300;
const target = 30;

/** A pause in a note, in the largest clinic, through the built web process: session, one statement, answer. */
export const run: Bench["run"] = async () => {
  const world = await openWorld();
  await giveCare(world);
  const served = await serveWorld(world);
  try {
    const patients = await patientIds(world);
    const rows: Row[] = [];
    for (const [name, characters, writers] of [
      ["autosave, a note of 2,000 characters, 1 writer", 2_000, 1],
      ["the same, 8 writers at once", 2_000, 8],
      ["autosave, a note of 50,000 characters, 1 writer", 50_000, 1],
    ] as const) {
      const before = cpuOf(served.web);
      const each = Math.ceil(rounds / writers);
      const durations = await Promise.all(
        Array.from({ length: writers }, () => write(served, world, patients(), characters, each)),
      );
      const { median, p95, p99 } = percentiles(durations.flat());
      const cpu = (cpuOf(served.web) - before) / (each * writers);
      rows.push({
        name,
        median,
        p95,
        p99,
        cpu,
        statements: 1,
        roundTrips: 1,
        target: `p95 ≤ ${target} ms`,
        met: p95 <= target,
      });
    }
    return { rows };
  } finally {
    await served.stop();
    await world.stop();
  }
};

/** The owner of the largest clinic sees patients. */
async function giveCare({ adminUrl, large }: World): Promise<void> {
  const admin = await connect(adminUrl);
  await admin
    .query("update identity.membership set profession = 'physician' where clinic_id = $1 and user_id = $2", [
      large.id,
      large.ownerId,
    ])
    .finally(() => admin.end());
}

/** One person who writes one note: each save on top of the one before. @returns how long each took, in milliseconds */
async function write(served: Served, world: World, patientId: string, characters: number, count: number) {
  const [id, tab] = [newId(), newId().replaceAll("-", "")];
  // A session of their own: what one may change in a minute is bounded.
  const cookie = await served.openSession();
  const call = async (name: string, input: object): Promise<{ revision: number }> => {
    const answer = await fetch(`${served.url}/api/clinic/${world.large.slug}/trpc/${name}`, {
      method: "POST",
      headers: { cookie, origin: served.url, "content-type": "application/json" },
      body: JSON.stringify({ json: input }),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
    return body.result.data.json;
  };
  await call("chart.sayReason", { id: newId(), patientId, reason: "covering" });
  await call("note.start", { id, encounterId: newId(), patientId, template: { shipped: "soap.fr" }, tab });
  const line = "Toux depuis 3 jours, pire la nuit ; pas de fièvre. ".repeat(2);
  const durations: number[] = [];
  let revision = 1;
  for (let n = -20; n < count; n += 1) {
    // Each line counts for one character more, and the number of the save must find its place.
    const lines = Math.floor((characters - 20) / (line.length + 1));
    const runs = [...Array.from({ length: lines }, () => line), String(n)];
    const content = { title: "", answers: { subjective: runs.map((one) => ({ runs: [one] })) }, diagnoses: [] };
    const took = await timed(async () => {
      ({ revision } = await call("note.save", { id, tab, revision, saveId: newId(), ...content }));
    });
    if (n >= 0) durations.push(took);
    // Somebody who types pauses.
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  return durations;
}
