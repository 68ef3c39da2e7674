import { readFlowsheet } from "#server/flowsheet/read-flowsheet.ts";
import { readSeries } from "#server/observation/read-series.ts";
import { readSummary } from "#server/summary/read-summary.ts";
import { searchConcepts } from "#server/terminology/search-concepts.ts";
import { readTimeline } from "#server/timeline/read-timeline.ts";
import { statementsOf } from "#tests/factories/statements.ts";
import { contextOf } from "./context-of.ts";
import type { GeneratedClinic } from "./generate.ts";
import { encounters, makeHeavyChart, observations } from "./heavy-chart.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { openWorld } from "./world.ts";

const rounds = 200;

/** The record of one patient with 700 encounters and 3,000 observations, beside one with ten, by the verbs that the doors call. */
export const run: Bench["run"] = async () => {
  const world = await openWorld({
    folder: ".chevet/bench-chart",
    plan: { clinics: 4, patients: 4_000, largest: 2_000 },
  });
  try {
    const { heavy, light } = await makeHeavyChart(world.adminUrl, world.large);
    const ctx = carerOf(world.large);
    const rows: Row[] = [];
    for (const [about, patientId] of [
      [`${encounters} encounters, ${observations.toLocaleString("fr-CA")} observations`, heavy],
      ["10 observations", light],
    ] as const) {
      const reads: readonly (readonly [string, () => Promise<unknown>, number | undefined])[] = [
        ["summary", () => readSummary(ctx, { patientId, refresh: false }), 150],
        [
          "two series together, 200 values each",
          () => readSeries(ctx, { patientId, codes: ["weight", "heart-rate"], most: 200 }),
          undefined,
        ],
        ["flowsheet of diabetes", () => readFlowsheet(ctx, { patientId, key: "diabetes" }), undefined],
        ["timeline, all years", () => readTimeline(ctx, { patientId, within: "" }), undefined],
        ["timeline, the months of a year", () => readTimeline(ctx, { patientId, within: "2025" }), undefined],
        ["timeline, the days of a month", () => readTimeline(ctx, { patientId, within: "2025-06" }), undefined],
      ];
      for (const [name, read, most] of reads) rows.push(await measured(`${name}: ${about}`, read, most));
    }
    rows.push(
      await measured(
        "words by prefix, in both languages",
        () => searchConcepts(ctx, { kind: "problem", text: "hyper", most: 12 }),
        undefined,
      ),
    );
    return { rows };
  } finally {
    await world.stop();
  }
};

async function measured(name: string, read: () => Promise<unknown>, most: number | undefined): Promise<Row> {
  for (let nth = 0; nth < 20; nth += 1) await read();
  const durations: number[] = [];
  for (let nth = 0; nth < rounds; nth += 1) durations.push(await timed(read));
  const times = percentiles(durations);
  const statements = await statementsOf(read);
  return { name, ...times, statements, ...(most && { target: `p95 ≤ ${most} ms`, met: times.p95 <= most }) };
}

/** The owner, who also sees patients here. */
function carerOf(clinic: GeneratedClinic) {
  const ctx = contextOf(clinic);
  const permissions = new Set([...ctx.membership.permissions, "chart:read" as const, "chart:write" as const]);
  return { ...ctx, membership: { ...ctx.membership, profession: "physician", permissions } };
}
