import { newId } from "#server/db/new-id.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { readFlowsheet } from "#server/flowsheet/read-flowsheet.ts";
import { measures } from "#server/observation/measures.ts";
import { readSeries } from "#server/observation/read-series.ts";
import { readSummary } from "#server/summary/read-summary.ts";
import { searchConcepts } from "#server/terminology/search-concepts.ts";
import { readTimeline } from "#server/timeline/read-timeline.ts";
import { statementsOf } from "#tests/factories/statements.ts";
import { contextOf } from "./context-of.ts";
import type { GeneratedClinic } from "./generate.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { makeSlotsClinic } from "./slots-clinic.ts";
import { connect, openWorld } from "./world.ts";

const rounds = 200;
const encounters = 700;
const observations = 3000;

/** The record of one patient with 700 encounters and 3,000 observations, beside one with ten, by the verbs that the doors call. */
export const run: Bench["run"] = async () => {
  const world = await openWorld({
    folder: ".chevet/bench-chart",
    plan: { clinics: 4, patients: 4_000, largest: 2_000 },
  });
  try {
    const { heavy, light } = await makeRecords(world.adminUrl, world.large);
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

/** Written in bulk, as years of visits would have left it; once. */
async function makeRecords(adminUrl: string, clinic: GeneratedClinic): Promise<{ heavy: string; light: string }> {
  const slots = await makeSlotsClinic(adminUrl, clinic);
  const admin = await connect(adminUrl);
  try {
    await admin.query("update identity.membership set profession = 'physician' where clinic_id = $1 and user_id = $2", [
      clinic.id,
      clinic.ownerId,
    ]);
    const { rows } = await admin.query<{ id: string }>(
      "select id from clinic.patient where clinic_id = $1 order by id limit 2",
      [clinic.id],
    );
    const [heavy = "", light = ""] = rows.map(({ id }) => id);
    const { rowCount } = await admin.query("select from clinic.observation where clinic_id = $1 limit 1", [clinic.id]);
    if (rowCount) return { heavy, light };
    const codes = measures.filter(({ limits, derived }) => limits && !derived).map(({ key }) => key);
    const place = await admin.query<{ location_id: string; resource_id: string }>(
      "select location_id, resource_id from clinic.sitting where clinic_id = $1 limit 1",
      [clinic.id],
    );
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    for (const [patientId, count] of [
      [heavy, observations],
      [light, 10],
    ] as const)
      await admin.query(
        `insert into clinic.observation (clinic_id, id, patient_id, author_id, code, effective_at, value, unit)
         select $1, gen_random_uuid(), $2, $3, ($4::text[])[1 + n % cardinality($4::text[])], now() - make_interval(hours => n * 40), 50 + n % 40, ''
         from generate_series(1, $5::int) n`,
        [clinic.id, patientId, clinic.ownerId, codes, count],
      );
    // Somebody else's values stand between them, as in life.
    await admin.query(
      `insert into clinic.observation (clinic_id, id, patient_id, code, effective_at, value)
       select p.clinic_id, gen_random_uuid(), p.id, ($2::text[])[1 + n % cardinality($2::text[])], now() - make_interval(days => n * 20), 60 + n % 30
       from clinic.patient p cross join generate_series(1, 30) n where p.clinic_id = $1 and p.id <> $3 and p.id <> $4`,
      [clinic.id, codes, heavy, light],
    );
    await admin.query(
      `with made as (
         insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, local_date, local_minute, time_zone, duration_minutes, status)
         select $1, gen_random_uuid(), 'visit', $2, $3, $4, date '2009-01-05' + n * 9, 600, 'America/Toronto', 20, 'booked' from generate_series(1, $6::int) n
         returning id
       )
       insert into clinic.appointment (clinic_id, id, sitting_id, patient_id, source, status)
       select $1, gen_random_uuid(), m.id, $5, 'staff', 'booked' from made m`,
      [clinic.id, slots.plain, place.rows[0]?.location_id, place.rows[0]?.resource_id, heavy, encounters],
    );
    for (const [table, column, values] of [
      [
        "condition",
        "label",
        ["HTA essentielle", "Diabète de type 2", "MRC G3a A2", "Dyslipidémie", "Hypothyroïdie", "Gonarthrose"],
      ],
      ["immunization", "vaccine", ["Grippe", "Zona", "COVID-19", "Pneumocoque conjugué 20"]],
    ] as const)
      for (const value of values)
        await admin.query(
          `insert into clinic.${table} (clinic_id, id, patient_id, ${column}) values ($1, $2, $3, $4)`,
          [clinic.id, newId(), heavy, value],
        );
    await admin.query("commit");
    await admin.query(
      "vacuum analyze clinic.observation, clinic.appointment, clinic.sitting, clinic.condition, clinic.immunization",
    );
    return { heavy, light };
  } finally {
    await admin.end();
  }
}
