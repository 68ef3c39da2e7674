import { seededChance } from "#prisma/seed/fictional-patient.ts";
import { familyNames } from "#prisma/seed/quebec-names.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { foldText } from "#server/patient/fold-name.ts";
import { likeRecords } from "#server/patient/like-records.ts";
import { parseSearch } from "#server/patient/parse-search.ts";
import { hashNam } from "#server/patient/seal-nam.ts";
import type { GeneratedClinic } from "./generate.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";
import { cpuOf } from "./process-use.ts";
import { connect, openWorld, type World } from "./world.ts";

const perKind = 200;
const limit = 20;
const target = "p95 ≤ 10 ms";

/** Patient search inside the database: one call of clinic.search_patients by a member who has entered, for every kind of query. */
export const run: Bench["run"] = async () => {
  const world = await openWorld();
  try {
    const rows: Row[] = [];
    for (const [label, clinic] of [
      ["large", world.large],
      ["small", world.small],
    ] as const) {
      const about = `${label} (${clinic.patients.toLocaleString("fr-CA")} patients)`;
      const queries = await queriesFor(world, clinic);
      const all: number[] = [];
      const allUsed: number[] = [];
      for (const [kind, list] of Object.entries(queries)) {
        const { durations, used } = await measure(world, clinic, list);
        all.push(...durations);
        allUsed.push(...used);
        rows.push(judged(`${about}: ${kind}`, durations, used));
      }
      rows.push(judged(`${about}: all kinds together`, all, allUsed));
      rows.push({
        name: `${about}: found, read again, journaled`,
        ...percentiles(await whole(world, clinic, queries)),
      });
      const alike = percentiles(await lookAlikes(world, clinic));
      rows.push({
        name: `${about}: who is alike, while a form is filled in`,
        ...alike,
        target: "p95 ≤ 50 ms",
        met: alike.p95 <= 50,
      });
    }
    return { rows, notes: await plans(world) };
  } finally {
    await world.stop();
  }
};

/** The clock is what people wait for; the CPU says the same when the machine is busy with other work. */
function judged(name: string, durations: readonly number[], used: readonly number[]): Row {
  const times = percentiles(durations);
  return { name, ...times, cpuP95: percentiles(used).p95, target, met: times.p95 <= 10 };
}

type Query = readonly [
  words: string[],
  birth: string | null,
  digits: string | null,
  files: string[] | null,
  nam: Buffer | null,
];
type Queries = Record<string, Query[]>;

interface Person {
  given_name: string;
  family_name: string;
  birth_date: string;
  file_number: string;
  nam_hash: Buffer;
  phone: string;
}

/** What people of this very clinic would be looked for by; some of nobody. */
export async function queriesFor(world: World, clinic: GeneratedClinic): Promise<Queries> {
  const admin = await connect(world.adminUrl);
  const { rows: people } = await admin.query<Person>(
    `select p.given_name, p.family_name, p.birth_date::text, p.file_number, p.nam_hash, c.normalised as phone
     from clinic.patient p join clinic.patient_contact c on c.clinic_id = p.clinic_id and c.patient_id = p.id
     where p.clinic_id = $1 order by md5(p.id::text) limit $2`,
    [clinic.id, perKind],
  );
  await admin.end();
  const chance = seededChance(11);
  const pick = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)] as T;
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const words = (person: Person) => foldText(`${person.family_name} ${person.given_name}`).split(/[^\p{L}]+/u);
  const word = (person: Person) => pick(words(person).filter((one) => one.length > 2)) ?? "roy";
  const inside = (text: string, length: number) => {
    const from = Math.floor(chance() * Math.max(1, text.length - length));
    return text.slice(from, from + length);
  };
  const common = familyNames.slice(0, 20).map(({ name }) => foldText(name));
  const each = (text: (person: Person) => string): Query[] => people.map((person) => meaning(text(person)));
  return {
    "one letter": Array.from({ length: perKind }, () => meaning(pick([...letters]))),
    "two letters, any": Array.from({ length: perKind }, () => meaning(pick([...letters]) + pick([...letters]))),
    "two letters of a name": each((person) => inside(word(person), 2)),
    "« ma », « tr », « la », « be »": Array.from({ length: perKind }, () => meaning(pick(["ma", "tr", "la", "be"]))),
    "the twenty commonest names": Array.from({ length: perKind }, () => meaning(pick(common))),
    "« tremblay » and a letter": Array.from({ length: perKind }, () => meaning(`tremblay ${pick([...letters])}`)),
    "beginning of a name": each((person) => word(person).slice(0, 3 + Math.floor(chance() * 3))),
    "middle of a name": each((person) => inside(word(person), 3 + Math.floor(chance() * 3))),
    "family and given name": each((person) => `${person.given_name} ${person.family_name}`),
    "two fragments of two letters": each((person) => `${inside(word(person), 2)} ${inside(word(person), 2)}`),
    "two beginnings of different people": people.map((person) =>
      meaning(`${word(person).slice(0, 3)} ${word(pick(people)).slice(0, 3)}`),
    ),
    nobody: Array.from({ length: perKind }, () =>
      meaning(`${pick([...letters])}${pick([...letters])}x${pick([...letters])}q`),
    ),
    "last four digits of a phone": each((person) => person.phone.slice(-4)),
    "whole phone": each((person) => person.phone.slice(2)),
    "beginning of a phone": each((person) => person.phone.slice(2, 8)),
    "birth date": each((person) => person.birth_date),
    "birth date and a fragment": each((person) => `${person.birth_date} ${word(person).slice(0, 3)}`),
    NAM: people
      .map((person) => [[], null, null, null, person.nam_hash] as const)
      .map(([w, b, d, f, n]) => [[...w], b, d, f, n]),
    "file number": each((person) => `#${person.file_number}`),
  };
}

function meaning(text: string): Query {
  const { words, birthDate, digits, fileNumbers } = parseSearch(text, "2026-11-23");
  return [[...words], birthDate ?? null, digits ?? null, fileNumbers ? [...fileNumbers] : null, null];
}

const enter = "select reference.enter('staff', $1, $2)";
const search = {
  name: "search",
  text: "select id from clinic.search_patients($1, $2, $3, $4, $5, $6, $7) as s (id)",
};

async function measure(world: World, clinic: GeneratedClinic, queries: readonly Query[]) {
  const client = await connect(world.url("chevet_web"));
  const backend: number = (await client.query("select pg_backend_pid() as pid")).rows[0].pid;
  const durations: number[] = [];
  const used: number[] = [];
  await client.query("begin");
  await client.query(enter, [clinic.id, clinic.ownerId]);
  const ask = (query: Query) => client.query({ ...search, values: [clinic.id, ...query, limit] });
  for (const query of queries.slice(0, 20)) await ask(query);
  for (const query of queries) {
    const before = cpuOf(backend);
    durations.push(await timed(() => ask(query)));
    used.push(cpuOf(backend) - before);
  }
  await client.query("rollback");
  await client.end();
  return { durations, used };
}

/** What the form of a new patient asks at each pause: names, birth date and number of people of this very clinic. */
async function lookAlikes(world: World, clinic: GeneratedClinic): Promise<number[]> {
  const admin = await connect(world.adminUrl);
  const { rows: people } = await admin.query<Person>(
    `select p.given_name, p.family_name, p.birth_date::text, c.normalised as phone
     from clinic.patient p join clinic.patient_contact c on c.clinic_id = p.clinic_id and c.patient_id = p.id
     where p.clinic_id = $1 order by md5(p.id::text) limit $2`,
    [clinic.id, perKind],
  );
  await admin.end();
  const client = await connect(world.url("chevet_web"));
  await client.query("begin");
  await client.query(enter, [clinic.id, clinic.ownerId]);
  // All that the reading asks of Prisma is this.
  const db = {
    async $queryRaw(parts: TemplateStringsArray, ...values: unknown[]) {
      const { text, values: bound } = sql(parts, ...(values as Sql[]));
      return (await client.query(text, bound)).rows;
    },
  } as unknown as Db;
  const ask = ({ family_name, given_name, birth_date, phone }: Person) =>
    likeRecords(db, clinic.id, {
      ...{ familyName: family_name, givenName: given_name, birthFamilyName: "", preferredName: "" },
      ...{ birthDate: birth_date, namHash: null, phones: [phone] },
    });
  const durations: number[] = [];
  for (const person of people) durations.push(await timed(() => ask(person)));
  await client.query("rollback");
  await client.end();
  return durations;
}

/** The one call that find-patients makes: enter, search, read again under row security, journal, commit. */
async function whole(world: World, clinic: GeneratedClinic, queries: Queries): Promise<number[]> {
  const client = await connect(world.url("chevet_web"));
  const list = Object.values(queries).flatMap((some) => some.slice(0, 20));
  const durations: number[] = [];
  for (const [words, birth, digits, files, nam] of list) {
    const values = [
      clinic.id,
      clinic.ownerId,
      newId(),
      null,
      words,
      birth,
      digits,
      files,
      nam,
      limit,
      newId(),
      null,
      "owner",
      null,
      "care",
      ["name"],
    ];
    const text =
      "select reference.find_patients($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) as found";
    durations.push(await timed(() => client.query({ name: "find", text, values })));
  }
  await client.end();
  return durations;
}

/** The plans of the statements inside, as the function itself runs them in the largest clinic. */
async function plans(world: World): Promise<string> {
  const client = await connect(world.adminUrl);
  const { large } = world;
  const parts: string[] = [];
  const show = async (title: string, query: Query) => {
    const said: string[] = [];
    const listen = (notice: { message?: string | undefined }) => said.push(notice.message ?? "");
    client.on("notice", listen);
    await client.query("begin");
    await client.query(enter, [large.id, large.ownerId]);
    await client.query({ ...search, values: [large.id, ...query, limit] });
    await client.query("rollback");
    client.off("notice", listen);
    parts.push(`### ${title}\n\n\`\`\`text\n${said.filter(isInteresting).map(tidy).join("\n\n")}\n\`\`\``);
  };
  await client.query("load 'auto_explain'");
  for (const setting of [
    "auto_explain.log_min_duration = 0",
    "auto_explain.log_analyze = on",
    "auto_explain.log_buffers = on",
    "auto_explain.log_nested_statements = on",
    "auto_explain.log_level = notice",
  ])
    await client.query(`set ${setting}`);
  await show("« ma » among 100,000", meaning("ma"));
  await show("« tremblay » among 100,000", meaning("tremblay"));
  await show("« embla » (a middle) among 100,000", meaning("embla"));
  await show("« tremblay ma » among 100,000", meaning("tremblay ma"));
  await show("« an ro » among 100,000", meaning("an ro"));
  await show("last four digits of a phone", meaning("0142"));
  const key = await openClinicKey(large.id);
  await show("NAM", [[], null, null, null, Buffer.from(hashNam(key, "TEST54122816"))]);
  await client.end();
  return `## Plans of patient search\n\n${parts.join("\n\n")}`;
}

const isInteresting = (plan: string) => plan.includes("Query Text") && /clinic\.(patient|name_word)/.test(plan);
const tidy = (plan: string) => plan.replace(/\n\s+\n/g, "\n").trim();
