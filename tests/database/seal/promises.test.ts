import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";

/** What the database keeps whatever the code does: restrictions, occupancy, versions. */
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
  const book = (resource: string, from: string, to: string, extra = "") =>
    withStaff(clinic.owner.ctx, (db) =>
      db.$executeRawUnsafe(
        `insert into clinic.occupancy (clinic_id, id, resource_id, kind, during${extra ? ", blocking, overbooked_by, overbooking_reason" : ""})
         values ('${clinic.id}', '${newId()}', '${resource}', 'booking', tstzrange('2027-03-01 ${from}+00', '2027-03-01 ${to}+00')${extra})`,
      ),
    );

  it("has one winner among many who want the same hour, and none for the overlap", async () => {
    const resource = newId();
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => book(resource, "09:00", "10:00")));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "Conflict" });
    await expect(book(resource, "09:30", "10:30")).rejects.toMatchObject({ code: "Conflict" });
    await book(resource, "10:00", "11:00");
    await book(newId(), "09:00", "10:00");
  });

  it("overbooks only with a name and a reason", async () => {
    const resource = newId();
    await book(resource, "09:00", "10:00");
    await expect(book(resource, "09:00", "10:00", ", false, null, null")).rejects.toMatchObject({ code: "Invalid" });
    await book(resource, "09:00", "10:00", `, false, '${clinic.owner.userId}', 'urgence dentaire'`);
  });
});

describe("promise 5: a booking removes the expired holds it meets", () => {
  const at = (from: string, to: string) => `tstzrange('2027-03-02 ${from}+00', '2027-03-02 ${to}+00')`;
  const insert = (
    place: { clinic: TestClinic; resource: string },
    kind: "booking" | "hold",
    range: string,
    extra = "",
  ) =>
    `insert into clinic.occupancy (clinic_id, id, resource_id, kind, during, hold_expires_at${extra ? ", blocking, overbooked_by, overbooking_reason" : ""})
     values ('${place.clinic.id}', '${newId()}', '${place.resource}', '${kind}', ${range}, ${kind === "hold" ? "now() + interval '5 minutes'" : "null"}${extra})`;
  const write = (at: TestClinic, statement: string) => withStaff(at.owner.ctx, (db) => db.$executeRawUnsafe(statement));
  const expire = (place: { clinic: TestClinic; resource: string }) =>
    admin.query(
      "update clinic.occupancy set hold_expires_at = now() - interval '1 second' where clinic_id = $1 and resource_id = $2 and kind = 'hold'",
      [place.clinic.id, place.resource],
    );
  const kinds = async ({ clinic: { id }, resource }: { clinic: TestClinic; resource: string }) =>
    (
      await admin.query(
        "select kind from clinic.occupancy where clinic_id = $1 and resource_id = $2 order by starts_at, kind",
        [id, resource],
      )
    ).rows.map(({ kind }) => kind);

  it("a live hold keeps its time, and gives it up once it has expired", async () => {
    const place = { clinic, resource: newId() };
    await write(clinic, insert(place, "hold", at("09:00", "10:00")));
    const booking = insert(place, "booking", at("09:30", "10:30"));
    await expect(write(clinic, booking)).rejects.toMatchObject({ code: "Conflict" });
    expect(await kinds(place)).toEqual(["hold"]);
    await expire(place);
    await write(clinic, booking);
    expect(await kinds(place)).toEqual(["booking"]);
  });

  it("in the booking's own transaction: rolled back, the hold is there again", async () => {
    const place = { clinic, resource: newId() };
    await write(clinic, insert(place, "hold", at("09:00", "10:00")));
    await expire(place);
    const failing = withStaff(clinic.owner.ctx, async (db) => {
      await db.$executeRawUnsafe(insert(place, "booking", at("09:00", "10:00")));
      throw new Error("changed their mind");
    });
    await expect(failing).rejects.toThrow("changed their mind");
    expect(await kinds(place)).toEqual(["hold"]);
  });

  it("only those it meets: not a neighbour's, another resource's, nor another clinic's of the same resource", async () => {
    const [resource, elsewhere] = [newId(), await makeClinic()];
    const places = [
      { clinic, resource },
      { clinic, resource: newId() },
      { clinic: elsewhere, resource },
    ];
    for (const place of places) await write(place.clinic, insert(place, "hold", at("09:00", "10:00")));
    const [mine] = places as [(typeof places)[number]];
    await write(clinic, insert(mine, "hold", at("10:00", "11:00")));
    for (const place of places) await expire(place);
    await write(clinic, insert(mine, "booking", at("09:00", "10:00")));
    expect(await Promise.all(places.map(kinds))).toEqual([["booking", "hold"], ["hold"], ["hold"]]);
  });

  it("nor one that an overbooking, which takes no time away, stands beside", async () => {
    const place = { clinic, resource: newId() };
    await write(clinic, insert(place, "hold", at("09:00", "10:00")));
    await expire(place);
    const beside = `, false, '${clinic.owner.userId}', 'urgence dentaire'`;
    await write(clinic, insert(place, "booking", at("09:00", "10:00"), beside));
    expect(await kinds(place)).toEqual(["booking", "hold"]);
  });

  it("a booking that moves meets them too, and of many who want one expired hold's time one wins", async () => {
    const place = { clinic, resource: newId() };
    await write(clinic, insert(place, "booking", at("13:00", "14:00")));
    await write(clinic, insert(place, "hold", at("09:00", "10:00")));
    await expire(place);
    await write(
      clinic,
      `update clinic.occupancy set during = ${at("09:00", "10:00")} where clinic_id = '${clinic.id}' and resource_id = '${place.resource}' and kind = 'booking'`,
    );
    expect(await kinds(place)).toEqual(["booking"]);
    const wanted = { clinic, resource: newId() };
    await write(clinic, insert(wanted, "hold", at("09:00", "10:00")));
    await expire(wanted);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => write(clinic, insert(wanted, "booking", at("09:00", "10:00")))),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await kinds(wanted)).toEqual(["booking"]);
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
