import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { makeSchedule, sit, sitDown, type TestSchedule, wallTime } from "#tests/factories/schedule.ts";

/** What the database keeps whatever the code does: restrictions, occupancy, versions, wall time. */
const admin = new pg.Client({ connectionString: database.adminUrl });
let clinic: TestClinic;
let [doctor, nurse] = [undefined as unknown as TestMember, undefined as unknown as TestMember];

beforeAll(async () => {
  await admin.connect();
  clinic = await makeClinic();
  [doctor, nurse] = [await makeMember(clinic, "professional"), await makeMember(clinic, "assistant")];
});
afterAll(async () => {
  await admin.end();
  await closeDatabases();
});

const sees = (member: TestMember, id: string, breakGlassId?: string) =>
  withStaff(breakGlassId ? { ...member.ctx, breakGlassId } : member.ctx, (db) =>
    db.patient.count({ where: { clinicId: clinic.id, id } }),
  ).then((count) => count === 1);

const restrict = (patientId: string, target: { userId?: string; role?: string; category?: string }) =>
  withStaff(clinic.owner.ctx, (db) =>
    db.restriction.createMany({
      data: {
        clinicId: clinic.id,
        id: newId(),
        patientId,
        authorId: clinic.owner.userId,
        signedOn: new Date(),
        ...target,
      },
    }),
  );

async function breakGlass(member: TestMember, patientId: string): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await withStaff(member.ctx, (db) =>
    db.breakGlass.createMany({
      data: { clinicId: clinic.id, id, patientId, userId: member.userId, reason: "danger pour la vie", expiresAt },
    }),
  );
  return id;
}

const write = (statement: string) => withStaff(clinic.owner.ctx, (db) => db.$executeRawUnsafe(statement));

/** What is taken at a place, in order and in its wall time: « booking 09:00–10:00 ». */
const taken = async ({ clinic: { id }, practitioners, rooms, timeZone }: TestSchedule, resource?: string) =>
  (
    await admin.query<{ line: string }>(
      `select kind || ' ' || to_char(starts_at at time zone $3, 'HH24:MI') || '–' || to_char(ends_at at time zone $3, 'HH24:MI') as line
       from clinic.occupancy where clinic_id = $1 and resource_id = any ($2) order by starts_at, kind`,
      [id, resource ? [resource] : [...practitioners, ...rooms], timeZone],
    )
  ).rows.map(({ line }) => line);

/** Lets every hold of a place run out a second ago. */
const expire = async (place: TestSchedule) => {
  await admin.query("begin");
  await admin.query("select set_config('app.clinic_id', $1, true)", [place.clinic.id]);
  await admin.query(
    `update clinic.sitting set hold_expires_at = now() - interval '1 second', version = version + 1
     where clinic_id = $1 and location_id = $2 and status = 'held'`,
    [place.clinic.id, place.locationId],
  );
  await admin.query("commit");
};

const changeSitting = (id: string, data: Prisma.SittingUpdateManyMutationInput) =>
  withStaff(clinic.owner.ctx, (db) =>
    db.sitting.updateMany({ where: { clinicId: clinic.id, id }, data: { ...data, version: { increment: 1 } } }),
  );
const move = (id: string, to: string) => changeSitting(id, { localMinute: wallTime(`2027-03-01 ${to}`).localMinute });

const join = async (sittingId: string, patientId: string) => {
  const id = newId();
  const authorId = clinic.owner.userId;
  await withStaff(clinic.owner.ctx, (db) =>
    db.appointment.createMany({ data: { clinicId: clinic.id, id, sittingId, patientId, authorId, source: "staff" } }),
  );
  return id;
};
const changeAppointment = (id: string, data: Prisma.AppointmentUpdateManyMutationInput) =>
  withStaff(clinic.owner.ctx, (db) =>
    db.appointment.updateMany({ where: { clinicId: clinic.id, id }, data: { ...data, version: { increment: 1 } } }),
  );
const seats = (sittingId: string) =>
  withStaff(clinic.owner.ctx, (db) =>
    db.place.findMany({ where: { clinicId: clinic.id, sittingId }, orderBy: { seat: "asc" } }),
  ).then((places) => places.map(({ seat }) => seat));

describe("promise 4: a patient's written restriction (AC-19, AC-21)", () => {
  it("hides the patient from the person it names, and from no other", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    await restrict(id, { userId: doctor.userId });
    expect([await sees(doctor, id), await sees(nurse, id), await sees(clinic.owner, id)]).toEqual([false, true, true]);
  });

  it("hides the patient from the role it names", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    await restrict(id, { role: "assistant" });
    expect([await sees(doctor, id), await sees(nurse, id)]).toEqual([true, false]);
  });

  it("hides one category and leaves the others", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    await restrict(id, { userId: doctor.userId, category: "mental-health" });
    expect(await sees(doctor, id)).toBe(true);
    await restrict(id, { userId: doctor.userId, category: "identity" });
    expect(await sees(doctor, id)).toBe(false);
  });

  it("is lifted by nobody of the role it names", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    await restrict(id, { role: "assistant" });
    const lift = (member: TestMember) =>
      withStaff(member.ctx, (db) =>
        db.restriction.updateMany({
          where: { clinicId: clinic.id, patientId: id },
          data: { endedAt: new Date(), version: { increment: 1 } },
        }),
      ).then(({ count }) => count);
    expect(await lift(nurse)).toBe(0);
    expect(await lift(doctor)).toBe(1);
  });

  it("keeps the person it names from changing, adding to, or lifting it", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    await restrict(id, { userId: doctor.userId });
    const lifted = await withStaff(doctor.ctx, (db) =>
      db.restriction.updateMany({
        where: { clinicId: clinic.id, patientId: id },
        data: { endedAt: new Date(), version: { increment: 1 } },
      }),
    );
    expect(lifted.count).toBe(0);
    const contact = withStaff(doctor.ctx, (db) =>
      db.patientContact.createMany({
        data: {
          clinicId: clinic.id,
          id: newId(),
          patientId: id,
          authorId: doctor.userId,
          system: "phone",
          value: "x",
          normalised: "x",
        },
      }),
    );
    await expect(contact).rejects.toMatchObject({ code: "NotFound" });
  });

  it("opens to who broke the glass, for this patient, until it expires", async () => {
    const [{ id }, other] = [await makePatient(clinic.owner.ctx), await makePatient(clinic.owner.ctx)];
    for (const patient of [id, other.id]) await restrict(patient, { userId: doctor.userId });
    await restrict(id, { role: "assistant" });
    const glass = await breakGlass(doctor, id);
    expect([await sees(doctor, id, glass), await sees(doctor, other.id, glass), await sees(nurse, id, glass)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([await sees(doctor, id), await sees(doctor, id, newId())]).toEqual([false, false]);
    await admin.query(
      "update clinic.break_glass set created_at = now() - interval '2 hours', expires_at = now() - interval '1 second' where id = $1",
      [glass],
    );
    expect(await sees(doctor, id, glass)).toBe(false);
  });

  it("is broken in one's own name only, and not for later", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    const row = { clinicId: clinic.id, id: newId(), patientId: id, reason: "danger pour la vie" };
    const soon = new Date(Date.now() + 3_600_000);
    const late = { createdAt: new Date(Date.now() + 86_400_000), expiresAt: new Date(Date.now() + 90_000_000) };
    for (const forged of [
      { ...row, userId: nurse.userId, expiresAt: soon },
      { ...row, userId: doctor.userId, ...late },
    ])
      await expect(withStaff(doctor.ctx, (db) => db.breakGlass.createMany({ data: forged }))).rejects.toMatchObject({
        code: "NotFound",
      });
  });
});

describe("promise 5: nobody is booked twice", () => {
  const at = (hour: string) => `2027-03-01 ${hour}`;

  it("has one winner among many who want the same hour, and none for the overlap", async () => {
    const place = await makeSchedule(clinic, { practitioners: 2 });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => sitDown(place, { at: at("09:00") })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "Conflict" });
    await expect(sitDown(place, { at: at("09:30") })).rejects.toMatchObject({ code: "Conflict" });
    await sitDown(place, { at: at("10:00") });
    await sitDown(place, { at: at("09:00"), resources: [place.practitioners[1] as string] });
    expect(await taken(place)).toEqual(["booking 09:00–10:00", "booking 09:00–10:00", "booking 10:00–11:00"]);
  });

  it("counts the room and the time around a visit, and lets a wish for other hours than the sitting's go", async () => {
    const place = await makeSchedule(clinic, { practitioners: 2, rooms: 1 });
    const [first, second] = place.practitioners as [string, string];
    const [room] = place.rooms as [string];
    await sitDown(place, { at: at("09:00"), resources: [first, room], bufferBefore: 10, bufferAfter: 20 });
    for (const wanted of ["08:00", "10:10"])
      await expect(sitDown(place, { at: at(wanted), resources: [second, room] })).rejects.toMatchObject({
        code: "Conflict",
      });
    await sitDown(place, { at: at("10:20"), resources: [second, room] });
    expect(await taken(place, room)).toEqual(["booking 08:50–10:20", "booking 10:20–11:20"]);
    await write(`update clinic.occupancy set during = tstzrange(starts_at, starts_at + interval '1 minute')
      where clinic_id = '${clinic.id}' and resource_id = '${room}'`);
    expect(await taken(place, room)).toEqual(["booking 08:50–10:20", "booking 10:20–11:20"]);
  });

  it("overbooks only with a name and a reason", async () => {
    const place = await makeSchedule(clinic);
    await sitDown(place, { at: at("09:00") });
    for (const overbooked of [
      { by: null, why: null },
      { by: clinic.owner.userId, why: null },
      { by: null, why: "urgence dentaire" },
    ])
      await expect(sitDown(place, { at: at("09:00"), overbooked })).rejects.toMatchObject({ code: "Invalid" });
    const overbooked = { by: clinic.owner.userId, why: "urgence dentaire" };
    await sitDown(place, { at: at("09:00"), overbooked });
    expect(await taken(place)).toHaveLength(2);
  });

  it("moves a sitting with everything it occupies, or not at all", async () => {
    const place = await makeSchedule(clinic, { practitioners: 2, rooms: 1 });
    const [first, second] = place.practitioners as [string, string];
    const [room] = place.rooms as [string];
    const id = await sitDown(place, { at: at("09:00"), resources: [first, room] });
    await sitDown(place, { at: at("11:00"), resources: [second, room] });
    await expect(move(id, "11:30")).rejects.toMatchObject({ code: "Conflict" });
    expect(await taken(place, first)).toEqual(["booking 09:00–10:00"]);
    await move(id, "12:00");
    expect(await taken(place, first)).toEqual(["booking 12:00–13:00"]);
    expect(await taken(place, room)).toEqual(["booking 11:00–12:00", "booking 12:00–13:00"]);
    const longer = changeSitting(id, { durationMinutes: 90, bufferBeforeMinutes: 15 });
    await expect(longer).rejects.toMatchObject({ code: "Conflict" });
    await changeSitting(id, { durationMinutes: 90 });
    expect(await taken(place, room)).toEqual(["booking 11:00–12:00", "booking 12:00–13:30"]);
  });

  it("a sitting that is off sets its resources free", async () => {
    const place = await makeSchedule(clinic, { rooms: 1 });
    const resources = [place.practitioners[0], place.rooms[0] as string];
    for (const status of ["cancelled", "entered-in-error"]) {
      const id = await sitDown(place, { at: at("09:00"), resources });
      await changeSitting(id, { status });
      expect(await taken(place)).toEqual([]);
    }
    await sitDown(place, { at: at("09:00"), resources });
  });

  it("gives no more places than a sitting has, also to twenty people at once, and gives back the one that is left", async () => {
    const place = await makeSchedule(clinic, { capacity: 6 });
    const id = await sitDown(place, { at: at("18:00"), kind: "group", capacity: 6 });
    const people = await Promise.all(Array.from({ length: 20 }, () => makePatient(clinic.owner.ctx)));
    const tries = await Promise.allSettled(people.map((person) => join(id, person.id)));
    const joined = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(joined).toHaveLength(6);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "Conflict" });
    expect(await seats(id)).toEqual([1, 2, 3, 4, 5, 6]);
    await expect(changeSitting(id, { capacity: 5 })).rejects.toMatchObject({ code: "Invalid" });
    const off = { status: "cancelled", flow: "none", cancelledAt: new Date(), cancelledBy: "patient" };
    await changeAppointment(joined[2] as string, off);
    expect(await seats(id)).toHaveLength(5);
    await changeSitting(id, { capacity: 7 });
    for (const person of people.slice(0, 2)) await join(id, person.id);
    await expect(join(id, (people[2] as { id: string }).id)).rejects.toMatchObject({ code: "Conflict" });
    expect(await seats(id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("promise 5: a booking removes the expired holds it meets", () => {
  const at = (hour: string) => `2027-03-02 ${hour}`;

  it("a live hold keeps its time, and gives it up once it has expired", async () => {
    const place = await makeSchedule(clinic);
    await sitDown(place, { at: at("09:00"), held: true });
    await expect(sitDown(place, { at: at("09:30") })).rejects.toMatchObject({ code: "Conflict" });
    expect(await taken(place)).toEqual(["hold 09:00–10:00"]);
    await expire(place);
    await sitDown(place, { at: at("09:30") });
    expect(await taken(place)).toEqual(["booking 09:30–10:30"]);
  });

  it("in the booking's own transaction: rolled back, the hold is there again", async () => {
    const place = await makeSchedule(clinic);
    await sitDown(place, { at: at("09:00"), held: true });
    await expire(place);
    const failing = withStaff(clinic.owner.ctx, async (db) => {
      await sit(db, place, { at: at("09:00") });
      throw new Error("changed their mind");
    });
    await expect(failing).rejects.toThrow("changed their mind");
    expect(await taken(place)).toEqual(["hold 09:00–10:00"]);
  });

  it("only those it meets: not a neighbour's, another resource's, nor another clinic's", async () => {
    const elsewhere = await makeSchedule(await makeClinic());
    const place = await makeSchedule(clinic, { practitioners: 2 });
    const [first, second] = place.practitioners as [string, string];
    await sitDown(place, { at: at("09:00"), resources: [first], held: true });
    await sitDown(place, { at: at("10:00"), resources: [first], held: true });
    await sitDown(place, { at: at("09:00"), resources: [second], held: true });
    await sitDown(elsewhere, { at: at("09:00"), held: true });
    for (const one of [place, elsewhere]) await expire(one);
    await sitDown(place, { at: at("09:00"), resources: [first] });
    expect(await taken(place, first)).toEqual(["booking 09:00–10:00", "hold 10:00–11:00"]);
    expect(await taken(place, second)).toEqual(["hold 09:00–10:00"]);
    expect(await taken(elsewhere)).toEqual(["hold 09:00–10:00"]);
  });

  it("nor one that an overbooking, which takes no time away, stands beside", async () => {
    const place = await makeSchedule(clinic);
    await sitDown(place, { at: at("09:00"), held: true });
    await expire(place);
    await sitDown(place, { at: at("09:00"), overbooked: { by: clinic.owner.userId, why: "urgence dentaire" } });
    expect(await taken(place)).toEqual(["booking 09:00–10:00", "hold 09:00–10:00"]);
  });

  it("a sitting that moves meets them too, and of many who want one expired hold's time one wins", async () => {
    const place = await makeSchedule(clinic);
    const id = await sitDown(place, { at: at("13:00") });
    await sitDown(place, { at: at("09:00"), held: true });
    await expire(place);
    await move(id, "09:00");
    expect(await taken(place)).toEqual(["booking 09:00–10:00"]);
    const wanted = await makeSchedule(clinic);
    await sitDown(wanted, { at: at("09:00"), held: true });
    await expire(wanted);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => sitDown(wanted, { at: at("09:00") })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await taken(wanted)).toEqual(["booking 09:00–10:00"]);
  });

  it("one browser holds one time, and a hold that is booked keeps it for good", async () => {
    const place = await makeSchedule(clinic);
    const id = await sitDown(place, { at: at("09:00"), held: true });
    const twice = withStaff(clinic.owner.ctx, async (db) => {
      const other = await sit(db, place, { at: at("11:00"), held: true });
      const { holdHash } = await db.sitting.findFirstOrThrow({ where: { clinicId: clinic.id, id } });
      await db.sitting.updateMany({ where: { clinicId: clinic.id, id: other }, data: { holdHash, version: 2 } });
    });
    await expect(twice).rejects.toMatchObject({ code: "Conflict" });
    await changeSitting(id, { status: "booked", holdHash: null, holdExpiresAt: null });
    await expire(place);
    await expect(sitDown(place, { at: at("09:00") })).rejects.toMatchObject({ code: "Conflict" });
    expect(await taken(place)).toEqual(["booking 09:00–10:00"]);
  });
});

describe("promise 6: nothing is edited in place", () => {
  it("changes one version at a time, keeps what was, and is deleted by no member", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    const change = (version: number, givenName: string) =>
      withStaff(clinic.owner.ctx, (db) =>
        db.patient.updateMany({ where: { clinicId: clinic.id, id }, data: { givenName, version } }),
      );
    await change(2, "Éloïse");
    for (const stale of [2, 4])
      await expect(change(stale, "Autre")).rejects.toMatchObject({ code: "Conflict", key: "stale" });
    const kept = await withStaff(clinic.owner.ctx, (db) =>
      db.recordVersion.findMany({
        where: { clinicId: clinic.id, entity: "patient", entityId: id },
        select: { version: true, replacedBy: true },
      }),
    );
    expect(kept).toEqual([{ version: 1, replacedBy: clinic.owner.userId }]);
    for (const rewrite of [
      "update clinic.record_version set version = 9",
      "delete from clinic.record_version",
      "delete from clinic.patient",
    ])
      await expect(withStaff(clinic.owner.ctx, (db) => db.$executeRawUnsafe(rewrite))).rejects.toMatchObject({
        code: "NotFound",
      });
  });
});

describe("promise 9: wall time and zone are kept, instants are PostgreSQL's alone", () => {
  const instants = (id: string) =>
    withStaff(clinic.owner.ctx, (db) =>
      db.sitting.findFirstOrThrow({
        where: { clinicId: clinic.id, id },
        select: { localMinute: true, timeZone: true, startsAt: true, endsAt: true },
      }),
    );

  it("derives the instant from the wall time, on both sides of a change of clocks", async () => {
    const place = await makeSchedule(clinic);
    for (const [at, startsAt] of [
      ["2027-03-13 09:00", "2027-03-13T14:00:00Z"],
      ["2027-03-14 09:00", "2027-03-14T13:00:00Z"],
      ["2027-11-06 09:00", "2027-11-06T13:00:00Z"],
      ["2027-11-07 09:00", "2027-11-07T14:00:00Z"],
      ["2028-02-29 09:00", "2028-02-29T14:00:00Z"],
    ] as const) {
      const found = await instants(await sitDown(place, { at }));
      expect(found).toMatchObject({ localMinute: 540, timeZone: "America/Toronto", startsAt: new Date(startsAt) });
    }
    // Minutes that pass: from 1 h 30, an hour across the spring's gap ends at 3 h 30 on the wall.
    const night = await instants(await sitDown(place, { at: "2027-03-14 01:30", minutes: 60 }));
    expect(night.endsAt).toEqual(new Date("2027-03-14T07:30:00Z"));
    await expect(
      withStaff(
        clinic.owner.ctx,
        (db) =>
          db.$executeRaw`update clinic.sitting set starts_at = now(), version = version + 1 where clinic_id = ${clinic.id}::uuid`,
      ),
    ).rejects.toThrow("can only be updated to DEFAULT");
  });

  it("refuses a time that the spring skips where it skips it, and takes it elsewhere", async () => {
    for (const [timeZone, refused] of [
      ["America/Toronto", true],
      ["America/Halifax", true],
      ["America/Blanc-Sablon", false],
    ] as const) {
      const sitting = sitDown(await makeSchedule(clinic, { timeZone }), { at: "2027-03-14 02:30" });
      if (refused) await expect(sitting).rejects.toMatchObject({ code: "Invalid" });
      else await sitting;
    }
  });

  it("when a zone's rules change, visits to come keep their wall time and their instants are derived again", async () => {
    // Two sets of abbreviations that PostgreSQL ships stand for before and after: IST is Israel's time, then India's.
    const place = await makeSchedule(clinic, { timeZone: "IST", rooms: 1 });
    const resources = [place.practitioners[0], place.rooms[0] as string];
    const id = await sitDown(place, { at: "2027-03-01 09:00", resources });
    expect((await instants(id)).startsAt).toEqual(new Date("2027-03-01T07:00:00Z"));
    await withStaff(clinic.owner.ctx, async (db) => {
      await db.$executeRaw`set local timezone_abbreviations = 'India'`;
      await db.$executeRaw`update clinic.sitting set local_minute = local_minute, version = version + 1
        where clinic_id = ${clinic.id}::uuid and time_zone = 'IST' and starts_at > now() and status in ('held', 'booked')`;
    });
    expect(await instants(id)).toMatchObject({ localMinute: 540, startsAt: new Date("2027-03-01T03:30:00Z") });
    expect(await taken({ ...place, timeZone: "Asia/Kolkata" })).toEqual(["booking 09:00–10:00", "booking 09:00–10:00"]);
  });

  it("Node and PostgreSQL agree on every hour of three years in every zone of Québec and beside it", async () => {
    for (const timeZone of ["America/Toronto", "America/Halifax", "America/Blanc-Sablon", "America/Moncton"]) {
      const { rows } = await admin.query<{ at: number; wall: string }>(
        `select extract(epoch from h)::bigint::int as at, to_char(h at time zone $1, 'YYYY-MM-DD HH24:MI') as wall
         from generate_series(timestamptz '2026-01-01 00:00Z', timestamptz '2028-12-31 23:00Z', interval '1 hour') h`,
        [timeZone],
      );
      expect(rows).toHaveLength(26_304);
      const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
      expect(rows.filter(({ at, wall }) => format.format(at * 1000) !== wall)).toEqual([]);
      const back = await admin.query<{ gap: string }>(
        "select count(*)::text as gap from unnest($1::int[], $2::text[]) as t (at, wall) where wall::timestamp at time zone $3 not in (to_timestamp(at), to_timestamp(at) + interval '1 hour')",
        [rows.map(({ at }) => at), rows.map(({ wall }) => wall), timeZone],
      );
      expect(back.rows).toEqual([{ gap: "0" }]);
    }
  });
});
