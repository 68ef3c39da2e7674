import { afterAll, beforeAll, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, monday, seen } from "#tests/factories/appointment.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestMember } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

let place: TestSchedule;
beforeAll(async () => {
  place = await makeSchedule(await makeClinic(), { practitioners: 2, rooms: 1 });
});
afterAll(closeDatabases);

const caller = (member: TestMember = place.clinic.owner) => callerOf(member, place.clinic);
const sql = <Row>(text: string, values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

it("shows hours less lunch, leave and closures, of each and of the places asked for", async () => {
  const [one, two] = place.practitioners as unknown as [string, string];
  const { locationId } = place;
  const base = { clinicId: place.clinic.id, timeZone: place.timeZone };
  const day = new Date("2027-03-02T00:00:00Z");
  const lunch = { weekday: 2, fromMinute: 720, untilMinute: 780, validFrom: new Date("2026-01-01") };
  const ids = { lunch: newId(), leave: newId(), extra: newId() };
  await withStaff(place.clinic.owner.ctx, async (db) => {
    await db.scheduleRule.createMany({
      data: { clinicId: base.clinicId, id: ids.lunch, resourceId: one, locationId, kind: "closed", ...lunch },
    });
    await db.scheduleException.createMany({
      data: [
        {
          ...base,
          id: ids.leave,
          resourceId: two,
          kind: "closed",
          reason: "leave",
          title: "Congrès",
          fromDate: day,
          untilDate: day,
          fromMinute: 960,
        },
        {
          ...base,
          id: ids.extra,
          resourceId: two,
          locationId,
          kind: "open",
          reason: "extra",
          fromDate: day,
          untilDate: day,
          fromMinute: 360,
          untilMinute: 420,
        },
      ],
    });
  });
  const agenda = await caller().appointment.agenda({ from: "2027-03-02", until: "2027-03-02" });
  const hours = agenda.open
    .map(
      ({ resourceId, startsAt, endsAt }) =>
        `${resourceId} ${new Date(startsAt).getUTCHours()}-${new Date(endsAt).getUTCHours()}`,
    )
    .sort();
  expect(hours).toEqual([`${one} 13-17`, `${one} 18-23`, `${two} 11-12`, `${two} 13-21`].sort());
  expect(agenda.exceptions.map(({ id, reason, title }) => [id, reason, title])).toEqual([
    [ids.extra, "extra", ""],
    [ids.leave, "leave", "Congrès"],
  ]);
  expect(agenda.resources.map(({ kind }) => kind)).toEqual(["practitioner", "practitioner", "room"]);
  expect(agenda.services).toMatchObject([{ id: place.serviceId, durationMinutes: 60 }]);
  expect([...(agenda.services[0]?.resourceIds ?? [])].sort()).toEqual([one, two].sort());
  expect(agenda.timeZone).toBe("America/Toronto");
});

it("keeps to the columns and the place asked for, and to its days", async () => {
  const [one, two] = place.practitioners as unknown as [string, string];
  const elsewhere = await makeSchedule(place.clinic);
  const [mine, theirs, away] = [
    await book(place, { resourceId: one }),
    await book(place, { resourceId: two }),
    await book(elsewhere),
  ];
  const ids = async (over: object) =>
    (await caller().appointment.agenda({ from: monday, until: monday, ...over })).sittings.map(({ id }) => id).sort();
  expect(await ids({})).toEqual([mine, theirs, away].map(({ sittingId }) => sittingId).sort());
  expect(await ids({ resourceIds: [one] })).toEqual([mine.sittingId]);
  expect(await ids({ locationId: elsewhere.locationId })).toEqual([away.sittingId]);
  expect(await ids({ from: "2027-02-28", until: "2027-02-28" })).toEqual([]);
  await expect(caller().appointment.agenda({ from: monday, until: "2027-04-12" })).rejects.toThrow();
  expect((await caller().appointment.agenda({ from: monday, until: "2027-04-11" })).sittings).toHaveLength(3);
  const { stamp } = await caller().appointment.agenda({ from: monday, until: monday });
  await caller().appointment.confirm({ id: mine.id, version: 1 });
  expect((await caller().appointment.agenda({ from: monday, until: monday })).stamp).toBeGreaterThan(stamp);
});

it("journals one line with the ids that were shown, and of a view that refreshes itself only what it shows anew", async () => {
  const member = await makeMember(place.clinic, "assistant");
  const day = { from: "2027-03-03", until: "2027-03-03" };
  const lines = () =>
    sql<{ ids: string[]; detail: unknown }>(
      "select entity_ids::text[] as ids, detail from clinic.audit_event where clinic_id = $1 and agent_id = $2 and event = 'appointment.agenda-read' order by id",
      [place.clinic.id, member.userId],
    );
  const { id: first } = await book(place, { date: day.from });
  await caller(member).appointment.agenda(day);
  expect(await lines()).toEqual([{ ids: [first], detail: day }]);
  await caller(member).appointment.agenda({ ...day, refresh: true });
  expect(await lines()).toHaveLength(1);
  const { id: second } = await book(place, { date: day.from, minute: 660 });
  await caller(member).appointment.agenda({ ...day, refresh: true });
  expect((await lines()).map(({ ids }) => ids)).toEqual([[first], [second]]);
  // Opened again by hand it is told again, whole; and so is a first look that says it is a refresh.
  await caller(member).appointment.agenda(day);
  expect((await lines())[2]?.ids.sort()).toEqual([first, second].sort());
  const other = await makeMember(place.clinic, "assistant");
  await caller(other).appointment.agenda({ ...day, refresh: true });
  const [{ count } = { count: 0 }] = await sql<{ count: number }>(
    "select count(*)::int from clinic.audit_event where clinic_id = $1 and agent_id = $2 and event = 'appointment.agenda-read'",
    [place.clinic.id, other.userId],
  );
  expect(count).toBe(1);
});

it("a patient's restriction holds in the agenda, the board, the visit and every gesture", async () => {
  const date = "2027-03-04";
  const made = await book(place, { date, patientId: (await makePatient(place.clinic.owner.ctx)).id });
  const { patientId } = (await seen(place, made.sittingId, date))?.appointments[0] ?? {};
  const closed = await makeMember(place.clinic, "assistant");
  for (const category of ["*", "identity", "appointment"]) {
    await sql("delete from clinic.restriction where clinic_id = $1", [place.clinic.id]);
    await sql(
      `insert into clinic.restriction (clinic_id, id, patient_id, author_id, user_id, category, signed_on)
       values ($1, $2, $3, $4, $5, $6, current_date)`,
      [place.clinic.id, newId(), patientId, place.clinic.owner.userId, closed.userId, category],
    );
    const sitting = await seen(place, made.sittingId, date, closed);
    // The time is taken, and that is all that is said.
    expect(sitting).toMatchObject({ status: "booked", localMinute: 540, appointments: [] });
    expect(JSON.stringify(await caller(closed).appointment.board({ date }))).not.toContain(made.id);
    expect((await refusal(caller(closed).appointment.read({ id: made.id }))).code).toBe("NotFound");
    expect((await seen(place, made.sittingId, date))?.appointments).toHaveLength(1);
    if (category === "identity") continue;
    for (const gesture of [
      () => caller(closed).appointment.cancel({ id: made.id, version: 1, by: "clinic" }),
      () => caller(closed).appointment.advance({ id: made.id, version: 1, to: "arrived" }),
      () => caller(closed).appointment.changeReason({ id: made.id, version: 1, reason: "x" }),
    ])
      expect((await refusal(gesture())).code).toBe("NotFound");
  }
  // Moving the time names nobody.
  await caller(closed).appointment.move({ sittingId: made.sittingId, version: 1, date, minute: 600 });
});

it("tells of the person who comes, their other visits and what the appointment was", async () => {
  const patient = await makePatient(place.clinic.owner.ctx, {
    birthDate: "2001-02-03",
    contacts: [{ system: "email", value: "lou@personne.example" }],
  });
  const at = { patientId: patient.id, minute: 840 };
  const [first, second, third] = [
    await book(place, { ...at, date: "2027-03-08" }),
    await book(place, { ...at, date: "2027-03-09", reason: "suivi" }),
    await book(place, { ...at, date: "2027-03-10" }),
  ];
  await caller().appointment.cancel({ id: third.id, version: 1, by: "patient", reason: "voyage" });
  await caller().appointment.advance({ id: first.id, version: 1, to: "noshow" });
  await caller().appointment.move({ sittingId: second.sittingId, version: 1, date: "2027-03-11", minute: 900 });
  await caller().appointment.changeReason({ id: second.id, version: 1, reason: "suivi de la toux" });
  const seenFirst = await caller().appointment.read({ id: first.id });
  expect(seenFirst.person).toMatchObject({
    birthDate: "2001-02-03",
    fileNumber: patient.fileNumber,
    contacts: [{ system: "email", value: "lou@personne.example" }],
    alerts: [],
  });
  expect(seenFirst.person.age).toBe(25);
  expect(seenFirst.counts).toEqual({ done: 0, noshow: 1, cancelled: 1, upcoming: 1 });
  expect(seenFirst.next).toMatchObject({ id: second.id, date: "2027-03-11", minute: 900 });
  const seenSecond = await caller().appointment.read({ id: second.id });
  expect(seenSecond.bookedBy).toBe("Maude Lavallée");
  expect(seenSecond.history.map(({ entity, reason, date }) => [entity, reason, date])).toEqual([
    ["appointment", "suivi", null],
    ["sitting", null, "2027-03-09"],
  ]);
  const read = await sql(
    "select 1 from clinic.audit_event where clinic_id = $1 and event = 'appointment.read' and patient_id = $2",
    [place.clinic.id, patient.id],
  );
  expect(read).toHaveLength(2);
});

it("counts what was missed and cancelled, per service and practitioner", async () => {
  const there = await makeSchedule(place.clinic);
  const [lead] = there.practitioners;
  const visit = async (minute: number) => (await book(there, { minute })).id;
  const ids = [await visit(480), await visit(540), await visit(600), await visit(660), await visit(720)];
  const owner = caller().appointment;
  await owner.advance({ id: ids[0] as string, version: 1, to: "done" });
  await owner.advance({ id: ids[1] as string, version: 1, to: "noshow" });
  await owner.cancel({ id: ids[2] as string, version: 1, by: "patient" });
  await owner.cancel({ id: ids[3] as string, version: 1, by: "clinic" });
  await owner.enteredInError({ id: ids[4] as string, version: 1, reason: "double" });
  const days = { from: "2026-11-01", until: "2026-11-30", locationId: there.locationId };
  expect(await owner.rates(days)).toEqual([]);
  // Time passes.
  await sql(
    `update clinic.sitting set local_date = '2026-11-03', version = version + 1 where clinic_id = $1 and location_id = $2`,
    [place.clinic.id, there.locationId],
  );
  expect(await owner.rates(days)).toMatchObject([
    {
      serviceId: there.serviceId,
      resourceId: lead,
      total: 4,
      done: 1,
      noshow: 1,
      cancelledByPatient: 1,
      cancelledByClinic: 1,
      late: 1,
    },
  ]);
});

it("a professional's own day is theirs; whoever is no practitioner has none", async () => {
  const professional = await makeMember(place.clinic, "professional");
  expect(await caller(professional).appointment.mine({})).toBeNull();
  const there = await makeSchedule(place.clinic);
  const [own] = there.practitioners;
  await sql(
    "update clinic.practitioner set membership_id = $3, version = version + 1 where clinic_id = $1 and id = $2",
    [place.clinic.id, own, professional.membershipId],
  );
  const { sittingId } = await book(there, { date: "2027-03-12" });
  const day = await caller(professional).appointment.mine({ date: "2027-03-12" });
  expect(day?.practitionerId).toBe(own);
  expect(day?.sittings.map(({ id }) => id)).toEqual([sittingId]);
});

it("says until when a held time is kept, and of nothing else", async () => {
  const { clinic } = place;
  const held = newId();
  const booked = newId();
  await book(place, { sittingId: booked, date: "2027-03-29", minute: 540 });
  await sql(
    `insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, mode, local_date, local_minute, time_zone, duration_minutes, status, hold_hash, hold_expires_at)
     values ($1, $2, 'visit', $3, $4, $5, 'in-person', '2027-03-29', 700, 'America/Toronto', 30, 'held', sha256('a hold'), now() + interval '1 minute')`,
    [clinic.id, held, place.serviceId, place.locationId, place.practitioners[0]],
  );
  const { now, sittings } = await caller().appointment.agenda({ from: "2027-03-29", until: "2027-03-29" });
  const until = new Map(sittings.map(({ id, heldUntil }) => [id, heldUntil]));
  expect(until.get(booked)).toBeNull();
  const left = Date.parse(until.get(held) ?? "") - Date.parse(now);
  expect(left > 50_000 && left <= 60_000).toBe(true);
});
