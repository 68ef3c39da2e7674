import { createHash } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";
import { v7 } from "uuid";

/**
 * node floor-server.ts: what Node and pg alone can do, for trpc.bench.ts to compare with. Each call checks the session,
 * becomes the member, reads under row security and (for a patient) journals the reading, all in one transaction, with the
 * functions of the database that Chevet calls. `/awaited/…` waits for each statement, as is usually written; `/sent/…` sends
 * together whatever needs no earlier answer. FLOOR_PORT is where it listens.
 */

const pool = new pg.Pool({
  connectionString: process.env.CHEVET_WEB_DATABASE_URL,
  max: 10,
  pipeline: true,
} as pg.PoolConfig);
const address = "127.0.0.1";

const session = "select reference.read_session($1, 'staff', $2, true) as answer";
const enter = "select reference.enter('staff', clinic => $1, person => $2, request => $3)";
const openPatient = "select reference.open_patient($1, $2, $3, null, $4, $5, $6, $7, $8, 'care') as patient";
const readPatient = "select clinic.read_patient($1, $2) as patient";
const journal = `insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, patient_id, agent_id,
  agent_role, session_id, request_id, address, ground)
  values ($1, $2, 'patient.read', 'R', 'Patient', array[$3::uuid], $3, $4, $5, $6, $7, $8, 'care')`;
const listLocations = `select id, name, address_line, city, postal_code, phone, time_zone, status, version, last_updated
  from clinic.location where clinic_id = $1 order by status, name limit 200`;

interface Answer {
  session: { id: string };
  user: { id: string };
  clinic: { id: string };
  membership: { role: string };
}

type Ask = (name: string, text: string, values: unknown[]) => Promise<pg.QueryResult>;

async function serve(url: string, cookie: string): Promise<unknown> {
  const [, way, slug, what, id] = url.split("/");
  if (way === "ready") return {};
  const hash = createHash("sha256")
    .update(cookie.slice(cookie.indexOf("=") + 1))
    .digest();
  if (way === "called") return called(hash, slug ?? "", what === "patient" ? id : undefined);
  const client = await pool.connect();
  const ask: Ask = (name, text, values) => client.query({ name, text, values });
  const open = way === "sent" ? together : oneByOne;
  try {
    return await open(client, ask, hash, slug ?? "", what === "patient" ? id : undefined);
  } finally {
    client.release();
  }
}

async function oneByOne(client: pg.PoolClient, ask: Ask, hash: Buffer, slug: string, id?: string): Promise<unknown> {
  const request = v7();
  await client.query("begin");
  const {
    session: own,
    user,
    clinic,
    membership,
  }: Answer = (await ask("session", session, [hash, slug])).rows[0].answer;
  await client.query("set local role none");
  await ask("enter", enter, [clinic.id, user.id, request]);
  if (!id) {
    const { rows } = await ask("locations", listLocations, [clinic.id]);
    await client.query("commit");
    return rows;
  }
  const { rows } = await ask("patient", readPatient, [clinic.id, id]);
  await ask("journal", journal, [clinic.id, v7(), id, user.id, membership.role, own.id, request, address]);
  await client.query("commit");
  return rows[0].patient;
}

async function together(client: pg.PoolClient, ask: Ask, hash: Buffer, slug: string, id?: string): Promise<unknown> {
  const request = v7();
  const [, checked] = await Promise.all([client.query("begin"), ask("session", session, [hash, slug])]);
  const { session: own, user, clinic, membership }: Answer = checked.rows[0].answer;
  const sent = [client.query("set local role none"), ask("enter", enter, [clinic.id, user.id, request])];
  if (!id) {
    const [, , locations] = await Promise.all([
      ...sent,
      ask("locations", listLocations, [clinic.id]),
      client.query("commit"),
    ]);
    return locations?.rows;
  }
  const [, , patient] = await Promise.all([
    ...sent,
    ask("patient", readPatient, [clinic.id, id]),
    ask("journal", journal, [clinic.id, v7(), id, user.id, membership.role, own.id, request, address]),
    client.query("commit"),
  ]);
  return patient?.rows[0].patient;
}

/** Two transactions, each one call of a function that enters by itself: what Chevet's own verbs send. */
async function called(hash: Buffer, slug: string, id?: string): Promise<unknown> {
  const request = v7();
  const checked = await pool.query({ name: "session", text: session, values: [hash, slug] });
  const { session: own, user, clinic, membership }: Answer = checked.rows[0].answer;
  if (id) {
    const values = [clinic.id, user.id, request, id, v7(), own.id, membership.role, address];
    return (await pool.query({ name: "opened", text: openPatient, values })).rows[0].patient;
  }
  const client = await pool.connect();
  const [, , { rows }] = await Promise.all([
    client.query("begin"),
    client.query({ name: "enter", text: enter, values: [clinic.id, user.id, request] }),
    client.query({ name: "locations", text: listLocations, values: [clinic.id] }),
    client.query("commit"),
  ]).finally(() => client.release());
  return rows;
}

createServer((request, response) => {
  serve(request.url ?? "", request.headers.cookie ?? "").then(
    (body) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    },
    (error) => {
      response.writeHead(500);
      response.end(String(error));
    },
  );
}).listen(Number(process.env.FLOOR_PORT), address);
