import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import type { Db } from "#server/db/database.ts";
import { PrismaClient } from "#server/db/generated/client.ts";
import { newId } from "#server/db/new-id.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
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
      const same = shape(plans[0]) === shape(plans[1]);
      rows.push(
        ...paired(
          [bare, sealed],
          { name: `${title}, without row security`, statements: 1, roundTrips: 1 },
          {
            name: `${title}, as a member`,
            statements: 1,
            roundTrips: 1,
            target,
            note: same ? "same plan and buffers" : "another plan or other buffers",
          },
        ),
      );
      for (const [who, plan] of [
        ["without row security", plans[0]],
        ["as a member", plans[1]],
      ] as const)
        notes.push(`### ${title}, ${who}\n\n\`\`\`text\n${plan?.join("\n")}\n\`\`\``);
    }
    rows.push(...(await wholeTransactions(world, people[0]?.id ?? "")));
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

/**
 * Scans, their index conditions, and the buffers of the whole. What row security adds is left out: a filter on the rows found,
 * and a Result above them that asks once which clinic was entered. So are estimates.
 */
const shape = (plan: readonly string[] = []) => {
  const said = plan.map((line) =>
    line
      .replace(/->|\(cost=[^)]*\)|\(actual[^)]*\)/g, "")
      .replace(/\bdirtied=\d+|\bread=\d+/g, "")
      .trim(),
  );
  const buffers = said.find((line) => line.startsWith("Buffers"));
  return [...said.filter((line) => /Scan|Limit|Sort|Index Cond/.test(line)), buffers].join("\n");
};

/**
 * The whole transaction as verbs make it, against the same without row security: withStaff against Prisma's own, and
 * readAsStaff against BEGIN, SELECT and COMMIT awaited one by one.
 */
async function wholeTransactions(world: World, id: string): Promise<Row[]> {
  const { large } = world;
  const ctx = contextOf(large);
  const client = await connect(world.adminUrl);
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: world.adminUrl }) });
  const rows: Row[] = [];
  for (const { title, sql } of [keyed, list]) {
    const name = `${title} (transaction)`;
    const values = [large.id, sql === keyed.sql ? id : "Gagnon"];
    const typed = sql.replace("$1", "$1::uuid").replace("id = $2", "id = $2::uuid");
    const read = (db: Pick<Db, "$queryRawUnsafe">) => db.$queryRawUnsafe(typed, ...values);
    rows.push(
      ...paired(
        await alternate(
          rounds,
          () => prisma.$transaction((db) => read(db)),
          () => withStaff(ctx, read),
        ),
        { name: `${title}: Prisma's transaction, without row security`, statements: 3, roundTrips: 3 },
        // BEGIN and enter travel with the first statement.
        { name: `${title}: withStaff`, statements: 4, roundTrips: 2, target },
      ),
      ...paired(
        await alternate(
          rounds,
          async () => {
            await client.query("begin");
            await client.query({ name, text: typed, values });
            await client.query("commit");
          },
          () => readAsStaff(ctx, { name, text: typed, values }),
        ),
        { name: `${title}: pg's transaction, without row security`, statements: 3, roundTrips: 3 },
        {
          name: `${title}: readAsStaff`,
          statements: 4,
          roundTrips: 1,
          note: "on loopback, where a round trip costs next to nothing",
        },
      ),
    );
  }
  await Promise.all([client.end(), prisma.$disconnect()]);
  return rows;
}

function paired([bare, sealed]: readonly [number[], number[]], first: Row, second: Row): Row[] {
  const [floor, times] = [percentiles(bare), percentiles(sealed)];
  const ratio = times.median / floor.median;
  return [
    { ...first, ...floor },
    { ...second, ...times, ratio, ...(second.target && { met: ratio <= 1.25 }) },
  ];
}
