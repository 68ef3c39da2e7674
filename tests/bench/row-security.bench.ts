import type pg from "pg";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { contextOf } from "./context-of.ts";
import { alternate, type Bench, percentiles, type Row } from "./measure.ts";
import { connect, openWorld, type World } from "./world.ts";

const rounds = 400;
const target = "≤ 1.25";

const keyed = {
  title: "keyed read",
  sql: "select id, family_name, given_name, birth_date from clinic.patient where clinic_id = $1 and id = $2",
};
const list = {
  title: "list of 50",
  sql: "select id, family_name, given_name, birth_date from clinic.patient where clinic_id = $1 and family_name >= $2 order by family_name, given_name, id limit 50",
};

/** The same SQL in a transaction by a member under row security and by a superuser without it: plan, buffers and time. */
export const run: Bench["run"] = async () => {
  const world = await openWorld();
  const { large } = world;
  const admin = await connect(world.adminUrl);
  const web = await connect(world.url("chevet_web"));
  try {
    const { rows: people } = await admin.query<{ id: string }>(
      "select id from clinic.patient where clinic_id = $1 order by md5(id::text) limit 500",
      [large.id],
    );
    const rows: Row[] = [];
    const notes: string[] = [];
    for (const { title, sql } of [keyed, list]) {
      const key = (round: number) => (sql === keyed.sql ? people[round % people.length]?.id : "Gagnon");
      const entered = await open(web, world);
      await admin.query("begin");
      const [bare, sealed] = await alternate(
        rounds,
        (round) => admin.query({ name: title, text: sql, values: [large.id, key(round)] }),
        (round) => entered.query({ name: title, text: sql, values: [large.id, key(round)] }),
      );
      const plans = [await explain(admin, sql, [large.id, key(0)]), await explain(entered, sql, [large.id, key(0)])];
      await admin.query("rollback");
      await entered.query("rollback");
      const [floor, times] = [percentiles(bare), percentiles(sealed)];
      const ratio = times.median / floor.median;
      const same = shape(plans[0]) === shape(plans[1]);
      rows.push({ name: `${title}, without row security`, ...floor, statements: 1, roundTrips: 1 });
      rows.push({
        name: `${title}, as a member`,
        ...times,
        statements: 1,
        roundTrips: 1,
        ratio,
        target,
        met: ratio <= 1.25,
        note: same ? "same plan and buffers" : "another plan or other buffers",
      });
      notes.push(`### ${title}, as a member\n\n\`\`\`text\n${plans[1]?.join("\n")}\n\`\`\``);
    }
    rows.push(...(await throughWithStaff(world, people[0]?.id ?? "")));
    return { rows, notes: notes.join("\n\n") };
  } finally {
    await Promise.all([admin.end(), web.end()]);
    await world.stop();
  }
};

async function open(client: pg.Client, { large }: World): Promise<pg.Client> {
  await client.query("begin");
  await client.query("select reference.enter('staff', $1, $2, request => $3)", [large.id, large.ownerId, newId()]);
  return client;
}

async function explain(client: pg.Client, sql: string, values: unknown[]): Promise<string[]> {
  const { rows } = await client.query(`explain (analyze, buffers, timing off, summary off) ${sql}`, values);
  return rows.map((row) => row["QUERY PLAN"]);
}

/** Nodes, index conditions and buffers; what row security adds as a filter on the rows found is left out, and so are estimates. */
const shape = (plan: readonly string[] = []) =>
  plan
    .filter((line) => /Scan|Limit|Sort|Index Cond|Buffers/.test(line) && !/Planning/.test(line))
    .map((line) =>
      line
        .replace(/\(cost=[^)]*\)|\(actual[^)]*\)/g, "")
        .replace(/\bdirtied=\d+|\bread=\d+/g, "")
        .trim(),
    )
    .join("\n");

/** The whole transaction as verbs make it, against the same BEGIN, SELECT, COMMIT awaited one by one without row security. */
async function throughWithStaff(world: World, id: string): Promise<Row[]> {
  const { large } = world;
  const ctx = contextOf(large);
  const client = await connect(world.adminUrl);
  const [bare, verbs] = await alternate(
    rounds,
    async () => {
      await client.query("begin");
      await client.query({ name: "floor", text: keyed.sql, values: [large.id, id] });
      await client.query("commit");
    },
    () =>
      withStaff(
        ctx,
        (db) => db.$queryRaw`
        select id, family_name, given_name, birth_date from clinic.patient
        where clinic_id = ${large.id}::uuid and id = ${id}::uuid`,
      ),
  );
  await client.end();
  const [floor, times] = [percentiles(bare), percentiles(verbs)];
  return [
    { name: "transaction of one read, pg, without row security", ...floor, statements: 3, roundTrips: 3 },
    {
      name: "the same through withStaff (Prisma)",
      ...times,
      // BEGIN and enter travel with the first statement.
      statements: 4,
      roundTrips: 2,
      ratio: times.median / floor.median,
    },
  ];
}
