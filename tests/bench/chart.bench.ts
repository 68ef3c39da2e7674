import { plantInventedGrowth } from "#prisma/seed/fictional-growth.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { readFlowsheet } from "#server/flowsheet/read-flowsheet.ts";
import { readGrowth } from "#server/growth/read-growth.ts";
import { readSeries } from "#server/observation/read-series.ts";
import { readSummary } from "#server/summary/read-summary.ts";
import { searchConcepts } from "#server/terminology/search-concepts.ts";
import { readTimeline } from "#server/timeline/read-timeline.ts";
import { statementsOf } from "#tests/factories/statements.ts";
import { contextOf } from "./context-of.ts";
import type { GeneratedClinic } from "./generate.ts";
import { encounters, makeHeavyChart, observations } from "./heavy-chart.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { connect, openWorld } from "./world.ts";

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
    const child = await makeChild(world.adminUrl, world.large);
    rows.push(
      await measured(
        "growth against a reference: 180 measures of a child",
        () => readGrowth(ctx, { patientId: child }),
        150,
      ),
      await measured(
        "summary of a child, with percentiles",
        () => readSummary(ctx, { patientId: child, refresh: false }),
        150,
      ),
    );
    rows.push(...(await underRestrictions(world.adminUrl, world.large, heavy)));
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

/** A girl of nine, measured sixty times, and the set of references that she is placed by. */
async function makeChild(adminUrl: string, clinic: GeneratedClinic): Promise<string> {
  await plantInventedGrowth();
  const admin = await connect(adminUrl);
  try {
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    const { rows } = await admin.query<{ id: string }>(
      `update clinic.patient set birth_date = current_date - interval '9 years', sex = 'female'
       where clinic_id = $1 and id = (select id from clinic.patient where clinic_id = $1 order by id offset 2 limit 1) returning id`,
      [clinic.id],
    );
    const id = rows[0]?.id ?? "";
    await admin.query("delete from clinic.observation where clinic_id = $1 and patient_id = $2", [clinic.id, id]);
    await admin.query(
      `insert into clinic.observation (clinic_id, id, patient_id, author_id, code, effective_at, value, unit)
       select $1, gen_random_uuid(), $2, $3, m.code, now() - make_interval(days => n * 54), m.least + (60 - n) * m.step, ''
       from generate_series(1, 60) n, (values ('weight', 4, 0.4), ('height', 52, 1.3), ('head-circumference', 36, 0.3)) m (code, least, step)`,
      [clinic.id, id, clinic.ownerId],
    );
    await admin.query("commit");
    await admin.query("analyze clinic.observation");
    await admin.query("analyze reference.growth_row");
    return id;
  } finally {
    await admin.end();
  }
}

async function measured(name: string, read: () => Promise<unknown>, most: number | undefined): Promise<Row> {
  for (let nth = 0; nth < 20; nth += 1) await read();
  const durations: number[] = [];
  for (let nth = 0; nth < rounds; nth += 1) durations.push(await timed(read));
  const times = percentiles(durations);
  const statements = await statementsOf(read);
  return { name, ...times, statements, ...(most && { target: `p95 ≤ ${most} ms`, met: times.p95 <= most }) };
}

/**
 * What the restrictions that name a reader cost them in a chart that is open to them: the policy looks for the patient of each row in the list of
 * what is closed. The whole record of 3,000 observations by the very same statement, without row security and under 0, 3 and 20 of them; and
 * the summary, as it is served.
 */
async function underRestrictions(adminUrl: string, clinic: GeneratedClinic, patientId: string): Promise<Row[]> {
  const ctx = carerOf(clinic);
  const admin = await connect(adminUrl);
  const rows: Row[] = [];
  const statement = {
    name: "every observation of one",
    text: "select id, code, effective_at, value from clinic.observation where clinic_id = $1 and patient_id = $2 and status = 'final'",
    values: [clinic.id, patientId],
  };
  try {
    rows.push(await measured("3,000 observations, without row security", () => admin.query(statement), undefined));
    for (const count of [0, 3, 20]) {
      await admin.query("delete from clinic.restriction where clinic_id = $1", [clinic.id]);
      await admin.query(
        `insert into clinic.restriction (clinic_id, id, patient_id, author_id, category, user_id, signed_on)
         select $1, gen_random_uuid(), p.id, $2, 'note', $2, current_date from clinic.patient p where p.clinic_id = $1 and p.id <> $3 limit $4`,
        [clinic.id, clinic.ownerId, patientId, count],
      );
      await admin.query("analyze clinic.restriction");
      rows.push(
        await measured(`3,000 observations, under ${count} restrictions`, () => readAsStaff(ctx, statement), undefined),
        await measured(
          `summary, under ${count} restrictions: ${encounters} encounters`,
          () => readSummary(ctx, { patientId, refresh: false }),
          150,
        ),
      );
    }
    await admin.query("delete from clinic.restriction where clinic_id = $1", [clinic.id]);
    return rows;
  } finally {
    await admin.end();
  }
}

/** The owner, who also sees patients here. */
function carerOf(clinic: GeneratedClinic) {
  const ctx = contextOf(clinic);
  const permissions = new Set([...ctx.membership.permissions, "chart:read" as const, "chart:write" as const]);
  return { ...ctx, membership: { ...ctx.membership, profession: "physician", permissions } };
}
