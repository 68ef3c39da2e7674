import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { SuperJSON } from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabases, type Db, openDatabase } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { BusyError } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";

/** What a person is told when the database has no time: to try again, with nothing written, and never that something broke. */

const origin = "http://127.0.0.1:3000";
let clinic: TestClinic;
let server: Server;

beforeAll(async () => {
  clinic = await makeClinic();
  // As in production, a hundred times sooner; connections opened from here on have it.
  await asAdmin(database.adminUrl, (admin) =>
    admin.query(
      `do $$ begin execute format('alter role chevet_web in database %I set lock_timeout = ''100ms''', current_database()); end $$`,
    ),
  );
  await closeDatabases();
  server = createServer((request, response) => void (trpcDoor(request, response) || response.end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

/** Somebody whose change to this clinic's schedule takes long. */
async function whileOthersWrite<T>(act: () => Promise<T>): Promise<T> {
  const other = new pg.Client({ connectionString: database.adminUrl });
  await other.connect();
  try {
    await other.query("begin");
    await other.query("select set_config('app.clinic_id', $1, true)", [clinic.id]);
    await other.query(
      "insert into clinic.schedule_stamp as t (clinic_id) values ($1) on conflict (clinic_id) do update set stamp = t.stamp + 1",
      [clinic.id],
    );
    return await act();
  } finally {
    await other.query("rollback");
    await other.end();
  }
}

const code = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: unknown) => (error instanceof BusyError ? error.code : error),
  );
const asStaff = (work: (db: Db) => Promise<unknown>) => code(withStaff(clinic.owner.ctx, work));

test("a turn that does not come, and a statement that does not end, are said as such", async () => {
  const turn = () => asStaff((db) => holdSchedule(db, clinic.id));
  expect(await whileOthersWrite(turn)).toBe("55P03");
  expect(await turn()).toBe("done");
  const slow = await asStaff(async (db) => {
    await db.$executeRaw`set local statement_timeout = '20ms'`;
    await db.$queryRaw`select pg_sleep(5)::text`;
  });
  expect(slow).toBe("57014");
});

test("of two who wait for each other one goes on, and the other may try again", async () => {
  const locations = [newId(), newId()];
  await withStaff(clinic.owner.ctx, (db) =>
    db.location.createMany({
      data: locations.map((id) => ({ clinicId: clinic.id, id, name: `Lieu ${id}`, timeZone: "America/Toronto" })),
    }),
  );
  let met: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    met = resolve;
  });
  let first = 0;
  const lock = (db: Db, id: string | undefined) =>
    db.$queryRaw`select id from clinic.location where clinic_id = ${clinic.id}::uuid and id = ${id}::uuid for update`;
  const crossing = (order: readonly string[]) =>
    asStaff(async (db) => {
      // Longer than PostgreSQL takes to see that they wait for each other.
      await db.$executeRaw`set local lock_timeout = '10s'`;
      await lock(db, order[0]);
      first += 1;
      if (first === 2) met();
      await both;
      await lock(db, order[1]);
    });
  const ends = await Promise.all([crossing(locations), crossing([...locations].reverse())]);
  expect(ends.sort()).toEqual(["40P01", "done"]);
});

test("no connection free in time", async () => {
  const narrow = openDatabase({ url: database.webUrl, poolSize: 1, pooled: false });
  const entry = { role: "staff", clinicId: clinic.id, userId: clinic.owner.userId, requestId: newId() } as const;
  let release: () => void = () => undefined;
  let holding: Promise<unknown> = Promise.resolve();
  try {
    await new Promise<void>((started) => {
      holding = narrow.transact(entry, () => {
        started();
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      });
    });
    const statement = { text: "select 1", values: [] };
    const told = await Promise.all([
      code(narrow.call(statement)),
      code(narrow.pipeline(entry, [statement])),
      code(narrow.transact(entry, (db) => db.$queryRaw`select 1`)),
    ]);
    expect(told).toEqual(["PoolTimeout", "PoolTimeout", "P2028"]);
  } finally {
    release();
    await holding;
    await narrow.close();
  }
}, 20_000);

test("whoever books meanwhile is told so by a 503", async () => {
  const place = await makeSchedule(clinic, { practitioners: 2 });
  const input = {
    id: newId(),
    sittingId: newId(),
    serviceId: place.serviceId,
    locationId: place.locationId,
    patientId: newId(),
    date: "2027-06-02",
    minute: 600,
  };
  const { port } = server.address() as AddressInfo;
  const book = () =>
    fetch(`http://127.0.0.1:${port}/api/clinic/${clinic.slug}/trpc/appointment.book`, {
      method: "POST",
      headers: { cookie: `chevet-staff=${clinic.owner.token}`, origin, "content-type": "application/json" },
      body: JSON.stringify(SuperJSON.serialize(input)),
    });
  const answer = await whileOthersWrite(book);
  expect(answer.status).toBe(503);
  const { error } = (await answer.json()) as { error: { json: { data: { domain: object } } } };
  expect(error.json.data.domain).toEqual({ code: "Busy", key: "busy", fields: {}, details: {} });
});
