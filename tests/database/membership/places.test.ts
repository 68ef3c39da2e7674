import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { openEncounter } from "#server/encounter/open-encounter.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book as bookOnline, inDays, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeMember, signIn, type TestMember } from "#tests/factories/clinic.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import { sit, type TestSchedule } from "#tests/factories/schedule.ts";
import { callOff, makeFreed, makeVisit, makeWaiting } from "#tests/factories/waitlist.ts";

/** Two places of one clinic, with one practitioner who works at both: what a member of the first alone sees of the second. */
let here: TestSchedule;
let there: TestSchedule;
let limited: TestMember;
let everywhere: TestMember;

const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeAll(async () => {
  here = await makeBookableClinic({ practitioners: 1 });
  const { clinic } = here;
  const elsewhere = newId();
  await withStaff(clinic.owner.ctx, async (db) => {
    const clinicId = clinic.id;
    await db.location.createMany({ data: { clinicId, id: elsewhere, name: "Ailleurs", timeZone: "America/Toronto" } });
    await db.scheduleRule.createMany({
      data: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        clinicId,
        id: newId(),
        resourceId: here.practitioners[0],
        locationId: elsewhere,
        weekday,
        fromMinute: 480,
        untilMinute: 1080,
        validFrom: new Date("2026-01-01"),
      })),
    });
  });
  there = { ...here, locationId: elsewhere };
  everywhere = await makeMember(clinic, "assistant");
  const member = await makeMember(clinic, "assistant");
  await sql("update identity.membership set location_ids = $1 where id = $2", [here.locationId], member.membershipId);
  limited = await signIn(member.userId, member.email, clinic.slug);
});
afterAll(closeDatabases);

const as = (member: TestMember) => callerOf(member, here.clinic);
const both = <T>(ask: (member: TestMember) => Promise<T>) => Promise.all([ask(limited), ask(everywhere)]);

it("the agenda and the board show the visits, rooms, hours and names of their places", async () => {
  const [mine, other] = [await makeVisit(here, 3, "09:00"), await makeVisit(there, 3, "11:00")];
  const day = inDays(3);
  const [some, all] = await both((one) => as(one).appointment.agenda({ from: day, until: day }));
  expect(some.sittings.map(({ id }) => id)).toEqual([mine.sittingId]);
  expect(all.sittings.map(({ id }) => id)).toEqual([mine.sittingId, other.sittingId]);
  expect(some.locations.map(({ id }) => id)).toEqual([here.locationId]);
  expect(new Set(some.open.map(({ locationId }) => locationId))).toEqual(new Set([here.locationId]));
  expect(all.open.some(({ locationId }) => locationId === there.locationId)).toBe(true);
  // Asked for by name, it is as empty.
  const asked = { from: day, until: day, locationId: there.locationId };
  expect((await as(limited).appointment.agenda(asked)).sittings).toEqual([]);
  const [board, whole] = await both((one) => as(one).appointment.board({ date: day }));
  expect([board.rows.length, whole.rows.length]).toEqual([1, 2]);
});

it("a visit elsewhere is not opened, moved, cancelled or restored, and its time is taken all the same", async () => {
  const visit = await makeVisit(there, 4, "09:00");
  const { appointment } = as(limited);
  const tries = [
    () => appointment.read({ id: visit.appointmentId }),
    () => appointment.cancel({ id: visit.appointmentId, version: 1, by: "clinic", scope: "this" }),
    () => appointment.restore({ id: visit.appointmentId, version: 1 }),
    () => appointment.confirm({ id: visit.appointmentId, version: 1 }),
    () =>
      appointment.move({
        sittingId: visit.sittingId,
        version: 1,
        date: inDays(4),
        minute: 600,
        scope: "this",
      }),
    () => as(limited).waitlist.addSooner({ id: newId(), appointmentId: visit.appointmentId }),
  ];
  for (const one of tries) expect((await refusal(one())).code).toBe("NotFound");
  const explained = await appointment.explain({
    serviceId: here.serviceId,
    locationId: here.locationId,
    date: inDays(4),
    minute: 9 * 60,
  });
  expect(explained.free).toBe(false);
  expect(explained.reasons).toEqual([expect.objectContaining({ code: "busy", sittingId: null })]);
});

it("nobody writes of a visit elsewhere, nor learns from trying that it is there", async () => {
  const visit = await makeVisit(there, 4, "14:00");
  const opening = {
    id: newId(),
    patientId: visit.patientId,
    class: "ambulatory",
    reason: "",
    startedAt: undefined,
  } as const;
  const { ctx } = limited;
  for (const appointmentId of [visit.appointmentId, newId()])
    await expect(withStaff(ctx, (db) => openEncounter(db, ctx, { ...opening, appointmentId }))).rejects.toMatchObject({
      code: "NotFound",
    });
});

it("nothing is written at a place that is not theirs, by any door", async () => {
  const insert = withStaff(limited.ctx, (db) => sit(db, there, { at: `${inDays(5)} 09:00` }));
  await expect(insert).rejects.toMatchObject({ code: "NotFound" });
  const visit = await makeVisit(there, 5, "10:00");
  const count = await withStaff(limited.ctx, (db) =>
    db.sitting.updateMany({
      where: { clinicId: here.clinic.id, id: visit.sittingId },
      data: { status: "cancelled", version: { increment: 1 } },
    }),
  );
  expect(count).toEqual({ count: 0 });
});

it("freed times and who waits for them are those of their places, and of whoever would go anywhere", async () => {
  const [near, far, any] = [
    await makeWaiting(here, { locationId: here.locationId }),
    await makeWaiting(there, { locationId: there.locationId }),
    await makeWaiting(here),
  ];
  const [mine, other] = [await makeFreed(here, 6, "09:00"), await makeFreed(there, 6, "11:00")];
  const [some, all] = await both((one) => as(one).waitlist.freed());
  expect(some.map(({ id }) => id)).toEqual([mine]);
  expect(all.map(({ id }) => id)).toEqual([mine, other]);
  expect(some[0]?.candidates.map(({ entryId }) => entryId)).toEqual([near.entryId, any.entryId]);
  const [few, many] = await both((one) => as(one).waitlist.list({}));
  expect(few.rows.map(({ id }) => id)).toEqual([near.entryId, any.entryId]);
  expect(many.rows.map(({ id }) => id)).toEqual([near.entryId, far.entryId, any.entryId]);
  const offer = as(limited).waitlist.offer({ freedTimeId: other, entryIds: [any.entryId] });
  expect((await refusal(offer)).code).toBe("NotFound");
  expect((await refusal(as(limited).waitlist.remove({ id: far.entryId, version: 1 }))).code).toBe("NotFound");
});

it("requests are those of a visit or a wait at their places", async () => {
  const mine = await bookOnline(here, 7);
  const wanted = await visitorOf(here).booking.times({
    serviceId: here.serviceId,
    from: inDays(8),
    days: 1,
    newPatient: true,
  });
  expect(wanted.locationIds).toContain(there.locationId);
  const other = await bookOnline(here, 8);
  await sql(
    `update clinic.sitting s set location_id = $1, version = s.version + 1 from clinic.appointment a where a.id = $2 and s.id = a.sitting_id`,
    there.locationId,
    other.appointmentId,
  );
  const [some, all] = await both((one) => as(one).requestPerson.list({ status: "open", limit: 20 }));
  const visits = ({ rows }: typeof some) => rows.flatMap((row) => row.visits.map(({ id }) => id)).sort();
  expect(visits(some)).toEqual([mine.appointmentId]);
  expect([some.open, all.open]).toEqual([1, 2]);
  expect(visits(all)).toEqual([mine.appointmentId, other.appointmentId].sort());
  const hidden = all.rows.find(({ id }) => id !== some.rows[0]?.id);
  const dismissed = as(limited).requestPerson.dismiss({ id: hidden?.id ?? "", version: 1 });
  expect((await refusal(dismissed)).code).toBe("NotFound");
});

it("displaced visits are those of their places", async () => {
  const [mine, other] = [await makeVisit(here, 9, "19:00"), await makeVisit(there, 9, "20:00")];
  const [some, all] = await both((one) => as(one).schedule.displaced({ most: 50 }));
  expect(some.rows.map(({ id }) => id)).toEqual([mine.sittingId]);
  expect(all.rows.map(({ id }) => id)).toEqual([mine.sittingId, other.sittingId]);
});

it("a recall that a visit elsewhere answers is answered, without saying when", async () => {
  const visit = await makeVisit(here, 10, "09:00");
  const { patientId } = visit;
  await as(everywhere).recall.add({
    id: newId(),
    patientId,
    serviceId: null,
    practitionerId: null,
    dueOn: inDays(1),
    reason: "",
  });
  await callOff(here, visit);
  const sittingId = await withStaff(here.clinic.owner.ctx, async (db) => {
    const id = await sit(db, there, { at: `${inDays(11)} 09:00` });
    const data = { clinicId: here.clinic.id, id: newId(), sittingId: id, patientId, source: "staff" };
    await db.appointment.createMany({ data });
    return id;
  });
  expect(sittingId).toBeTruthy();
  const [some, all] = await both((one) => as(one).recall.list({ state: "booked", most: 20 }));
  expect(some.rows.map((row) => [row.patientId, row.answered, row.visitAt])).toEqual([[patientId, true, null]]);
  expect(all.rows.map((row) => [row.patientId, row.visitAt !== null])).toEqual([[patientId, true]]);
});

it("the limit is the membership's and no setting that somebody left or sent", async () => {
  const web = new pg.Client({ connectionString: database.webUrl });
  await web.connect();
  const count = async () =>
    (await web.query("select count(distinct location_id)::int as n from clinic.sitting")).rows[0].n;
  const enter = (who: TestMember) =>
    web.query("select reference.enter('staff', $1, $2, request => $3)", [here.clinic.id, who.userId, newId()]);
  await web.query(`set app.locations = '${there.locationId}'`);
  for (const [who, places] of [
    [limited, 1],
    [everywhere, 2],
    [limited, 1],
  ] as const) {
    await web.query("begin");
    await enter(who);
    expect(await count()).toBe(places);
    await web.query("commit");
  }
  await web.end();
});

it("the agenda's and the lists' hot readings keep their indexes, limited or not", async () => {
  const { id: clinicId } = here.clinic;
  await asAdmin(database.adminUrl, async (admin) => {
    await admin.query("set session_replication_role = replica");
    await admin.query(
      `insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, mode, local_date, local_minute, time_zone, duration_minutes, status)
       select s.clinic_id, gen_random_uuid(), s.kind, s.service_id, case when n % 2 = 0 then $2::uuid else $3::uuid end, s.resource_id, s.mode, date '2027-01-01' + n / 10,
         480 + n % 10 * 60, s.time_zone, s.duration_minutes, 'booked'
       from (select * from clinic.sitting where clinic_id = $1 and kind = 'visit' limit 1) s, generate_series(1, 8000) n`,
      [clinicId, here.locationId, there.locationId],
    );
    await admin.query(
      `insert into clinic.freed_time (clinic_id, id, service_id, location_id, resource_id, mode, starts_at, duration_minutes, cause)
       select s.clinic_id, gen_random_uuid(), s.service_id, s.location_id, s.resource_id, s.mode, s.starts_at, 30, 'moved' from clinic.sitting s where s.clinic_id = $1`,
      [clinicId],
    );
    await admin.query("analyze clinic.sitting, clinic.freed_time");
  });
  const web = new pg.Client({ connectionString: database.webUrl });
  await web.connect();
  try {
    for (const who of [limited, everywhere]) {
      await web.query("begin");
      await web.query("select reference.enter('staff', $1, $2, request => $3)", [clinicId, who.userId, newId()]);
      const plan = async (text: string) =>
        (await web.query(`explain ${text}`)).rows.map((row) => Object.values(row)[0]).join("\n");
      const day = (column: string) => `${column} >= '2027-06-01' and ${column} < '2027-06-02'`;
      expect(
        await plan(`select * from clinic.sitting where clinic_id = '${clinicId}' and ${day("starts_at")}`),
      ).toMatch(/sitting_window_idx[\s\S]*Index Cond: .*starts_at >= .*starts_at </);
      const freed = `select * from clinic.freed_time where clinic_id = '${clinicId}' and status = 'open' and ${day("starts_at")}`;
      expect(await plan(freed)).toMatch(/freed_time_open_idx[\s\S]*Index Cond: .*starts_at >= .*starts_at </);
      await web.query("rollback");
    }
  } finally {
    await web.end();
  }
});
