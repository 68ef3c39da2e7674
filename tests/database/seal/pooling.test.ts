import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases, type Database, openDatabase } from "#server/db/database.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "#tests/servers/pgbouncer.ts";

/**
 * Many clinics share few server connections through a real PgBouncer in transaction mode, with errors, time-outs, cancelled
 * statements and clients that vanish in between: no row of another clinic, ever, and nothing left behind.
 */
if (!hasPgBouncer) console.warn("SKIPPED: pooling, since PgBouncer is not installed (apt install pgbouncer)");

const serverConnections = 3;

describe.skipIf(!hasPgBouncer)("pooling", { timeout: 120_000 }, () => {
  let bouncer: PgBouncer;
  let pooled: Database;
  let clinics: TestClinic[];

  beforeAll(async () => {
    clinics = await Promise.all(Array.from({ length: 6 }, () => makeClinic()));
    bouncer = await startPgBouncer([database.webUrl, database.workerUrl], serverConnections);
    pooled = openDatabase({ url: bouncer.through(database.webUrl), poolSize: 20, pooled: true });
  });
  afterAll(async () => {
    await pooled?.close();
    await bouncer?.stop();
    await closeDatabases();
  });

  /** How cancelled statements ended. */
  const ends: string[] = [];

  const entryOf = ({ id, owner }: TestClinic) => ({ role: "staff", clinicId: id, userId: owner.userId }) as const;
  const seen = async (clinic: TestClinic): Promise<string[]> =>
    pooled
      .transact(entryOf(clinic), (db) => db.clinic.findMany({ select: { clinicId: true } }))
      .then((rows) => rows.map((row) => row.clinicId));

  /** What somebody does with a connection, by turns; the answer is the clinics that it was shown. */
  const deeds: ((clinic: TestClinic, other: TestClinic) => Promise<string[]>)[] = [
    seen,
    async (clinic) => {
      const [rows] = await pooled.pipeline(entryOf(clinic), [
        { name: "of_mine", text: "select clinic_id from clinic.clinic", values: [] },
      ]);
      return (rows?.rows ?? []).map((row) => row.clinic_id);
    },
    // An error in the middle of a transaction.
    (clinic) =>
      pooled
        .transact(entryOf(clinic), (db) => db.$executeRawUnsafe("select 1 / 0"))
        .then(
          () => [],
          () => [],
        ),
    // The door refuses: a person of another clinic.
    (clinic, other) =>
      pooled
        .transact({ ...entryOf(clinic), userId: other.owner.userId }, (db) => db.clinic.findMany())
        .then(
          (rows) => rows.map((row) => row.clinicId),
          () => [],
        ),
    // A statement that takes too long.
    (clinic) =>
      pooled
        .transact(entryOf(clinic), async (db) => {
          await db.$executeRawUnsafe("set local statement_timeout = '20ms'");
          return db.$executeRawUnsafe("select pg_sleep(1)");
        })
        .then(
          () => [],
          () => [],
        ),
    // A client that vanishes with its transaction open.
    async (clinic) => {
      const client = await rawClient();
      await client.query("begin");
      await client.query("select reference.enter('staff', $1, $2)", [clinic.id, clinic.owner.userId]);
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      return [];
    },
    // A statement that another connection cancels.
    async (clinic) => {
      const client = await rawClient();
      await client.query("begin");
      await client.query("select reference.enter('staff', $1, $2)", [clinic.id, clinic.owner.userId]);
      const sleeping = client.query("select pg_sleep(5)").catch(({ code }) => void ends.push(code));
      cancel(client);
      await sleeping;
      await client.end().catch(() => undefined);
      return [];
    },
  ];

  async function rawClient(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: bouncer.through(database.webUrl) });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  /** PostgreSQL's own cancel request, on a connection of its own (protocol section 55.2.9). */
  function cancel(client: pg.Client): void {
    const { processID, secretKey, host, port } = client as unknown as {
      processID: number;
      secretKey: number;
      host: string;
      port: number;
    };
    const canceller = new pg.Client({ host, port }) as unknown as {
      connection: {
        on(event: string, act: () => void): void;
        connect(port: number, host: string): void;
        cancel(id: number, key: number): void;
      };
    };
    canceller.connection.on("connect", () => canceller.connection.cancel(processID, secretKey));
    canceller.connection.on("error", () => undefined);
    canceller.connection.connect(port, host);
  }

  it("shows each clinic its own row and no other, whatever happens on the connections in between", async () => {
    const rounds = 240;
    const wrong: string[] = [];
    let shown = 0;
    const one = async (turn: number) => {
      const clinic = clinics[turn % clinics.length] as TestClinic;
      const other = clinics[(turn + 1) % clinics.length] as TestClinic;
      const rows = await (deeds[turn % deeds.length] as (typeof deeds)[number])(clinic, other);
      shown += rows.length;
      wrong.push(...rows.filter((id) => id !== clinic.id));
    };
    await Promise.all(
      Array.from({ length: 12 }, async (_, lane) => {
        for (let turn = lane; turn < rounds; turn += 12) await one(turn);
      }),
    );
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(rounds / 5);
    expect(ends).toContain("57014");
    for (const clinic of clinics) expect(await seen(clinic)).toEqual([clinic.id]);
  });

  it("leaves no role and no setting on any server connection", async () => {
    const left = `select pg_backend_pid() as pid, current_user::text as who, coalesce(current_setting('app.clinic_id', true), '') || coalesce(current_setting('app.user_id', true), '') || coalesce(current_setting('app.denied', true), '') as keys, pg_sleep(0.2)`;
    const answers = await Promise.all(
      Array.from({ length: serverConnections * 3 }, () => pooled.call({ text: left, values: [] })),
    );
    const rows = answers.map(({ rows: [row] }) => row);
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(serverConnections);
    expect(new Set(rows.map(({ who, keys }) => `${who} ${keys}`))).toEqual(new Set(["chevet_web "]));
    await expect(pooled.call({ text: "select from clinic.clinic", values: [] })).rejects.toMatchObject({
      code: "NotFound",
    });
  });
});
