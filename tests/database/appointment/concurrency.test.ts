import { afterAll, beforeAll, expect, it } from "vitest";
import { makePatient, seededChance } from "#prisma/seed/fictional-patient.ts";
import { bookAppointment } from "#server/appointment/book-appointment.ts";
import { cancelAppointment } from "#server/appointment/cancel-appointment.ts";
import { moveSitting } from "#server/appointment/move-sitting.ts";
import { bookInput } from "#server/appointment/schema.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { monday } from "#tests/factories/appointment.ts";
import { makeClinic, makeMember, type TestMember } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

/** Two thousand gestures at random, many at once, over three practitioners, two rooms and one device that they all share. */
const gestures = 2_000;
/** One of them the day on which the clocks change. */
const dates = [monday, "2027-03-02", "2027-03-03", "2027-03-04", "2027-03-05", "2027-03-14"];
const atOnce = 20;

let place: TestSchedule;
let services: string[];
let people: TestMember[];
let patients: string[];

beforeAll(async () => {
  const clinic = await makeClinic();
  place = await makeSchedule(clinic, { practitioners: 3, rooms: 2, durationMinutes: 30 });
  people = await Promise.all(
    ["assistant", "professional", "administrator"].map((role) => makeMember(clinic, role as "assistant")),
  );
  patients = [];
  for (let n = 0; n < 5; n += 1) patients.push((await makePatient(clinic.owner.ctx)).id);
  services = [place.serviceId, await serviceWith("room"), await serviceWith("device")];
});
afterAll(closeDatabases);

/** The place's practitioners, and with them a room of the type « salle » or the one device; buffers around. */
async function serviceWith(kind: "room" | "device"): Promise<string> {
  const { clinic, locationId, practitioners } = place;
  const [clinicId, id] = [clinic.id, newId()];
  await withStaff(clinic.owner.ctx, async (db) => {
    if (kind === "device")
      await db.resource.createMany({
        data: { clinicId, id: newId(), kind, locationId, name: "Échographe", type: "échographe" },
      });
    await db.healthcareService.createMany({
      data: { clinicId, id, name: kind, durationMinutes: 45, bufferBeforeMinutes: 5, bufferAfterMinutes: 10 },
    });
    const lead = newId();
    await db.serviceRequirement.createMany({
      data: [
        { clinicId, id: lead, serviceId: id, rank: 1, kind: "practitioner" },
        { clinicId, id: newId(), serviceId: id, rank: 2, kind, resourceType: kind === "room" ? "salle" : "échographe" },
      ],
    });
    await db.serviceCandidate.createMany({
      data: practitioners.map((resourceId) => ({ clinicId, id: newId(), requirementId: lead, resourceId })),
    });
  });
  return id;
}

interface Known {
  appointmentId: string;
  sittingId: string;
  version: number;
  sittingVersion: number;
  moves: number;
}

it("never books twice, loses no change and shows no deadlock", { timeout: 300_000 }, async () => {
  const chance = seededChance(20_270_301);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const known: Known[] = [];
  const off = new Set<string>();
  const count = { booked: 0, moved: 0, cancelled: 0, taken: 0, stale: 0 };
  const broken: unknown[] = [];

  const gesture = async () => {
    const { ctx } = pick(people);
    const minute = 480 + 5 * Math.floor(chance() * 110);
    const date = pick(dates);
    const dice = chance();
    // What the person's screen shows may be old by now: that is the point.
    const standing = known.filter(({ sittingId }) => !off.has(sittingId) || chance() < 0.1);
    const shown = standing.length > 0 ? { ...pick(standing) } : undefined;
    const resourceId = chance() < 0.5 ? pick(place.practitioners) : undefined;
    try {
      if (!shown || dice < 0.5) {
        const [id, sittingId] = [newId(), newId()];
        const asked = {
          id,
          sittingId,
          serviceId: pick(services),
          locationId: place.locationId,
          date,
          minute,
          resourceId,
        };
        await bookAppointment(ctx, bookInput.parse({ ...asked, patientId: pick(patients) }));
        known.push({ appointmentId: id, sittingId, version: 1, sittingVersion: 1, moves: 0 });
        count.booked += 1;
      } else if (dice < 0.8) {
        const { sittingId, sittingVersion: version } = shown;
        const moved = await moveSitting(ctx, { sittingId, version, date, minute, resourceId, scope: "this" });
        const mine = known.find((one) => one.sittingId === sittingId) as Known;
        mine.sittingVersion = moved.version;
        mine.moves += 1;
        count.moved += 1;
      } else {
        const { appointmentId: id, version } = shown;
        await cancelAppointment(ctx, { id, version, by: "patient", reason: "", scope: "this" });
        off.add(shown.sittingId);
        count.cancelled += 1;
      }
    } catch (error) {
      // A deadlock is mapped like a stale version; what it came from says which it was.
      if (!(error instanceof DomainError) || error.cause !== undefined) broken.push(error);
      else if (error.key === "appointment.taken") count.taken += 1;
      else if (error.key === "stale") count.stale += 1;
      else broken.push(error);
    }
  };
  let left = gestures;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await gesture();
    }),
  );

  console.log(JSON.stringify(count));
  expect(broken).toEqual([]);
  for (const done of Object.values(count)) expect(done).toBeGreaterThan(20);
  const sql = <Row>(text: string) =>
    asAdmin(database.adminUrl, async (admin) => (await admin.query(text, [place.clinic.id])).rows as Row[]);
  expect(
    await sql(`select a.id from clinic.occupancy a join clinic.occupancy b
      on b.clinic_id = a.clinic_id and b.resource_id = a.resource_id and b.id > a.id and b.during && a.during where a.clinic_id = $1`),
  ).toEqual([]);
  // Each stands where its last change put it, with all that it needs, and every change is one version.
  const rows = await sql<{ id: string; status: string; version: number; taken: number; needed: number }>(
    `select s.id, s.status, s.version,
       (select count(*)::int from clinic.occupancy o where o.clinic_id = s.clinic_id and o.sitting_id = s.id) as taken,
       (select sum(r.quantity)::int from clinic.service_requirement r where r.clinic_id = s.clinic_id and r.service_id = s.service_id) as needed
     from clinic.sitting s where s.clinic_id = $1`,
  );
  expect(rows).toHaveLength(count.booked);
  for (const { id, status, version, taken, needed } of rows) {
    const { moves } = known.find(({ sittingId }) => sittingId === id) as Known;
    const isOff = off.has(id);
    expect({ id, status, version, taken }).toEqual({
      id,
      status: isOff ? "cancelled" : "booked",
      version: 1 + moves + (isOff ? 1 : 0),
      taken: isOff ? 0 : needed,
    });
  }
});
