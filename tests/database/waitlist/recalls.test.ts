import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { inDays } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { makeSchedule, sit, type TestSchedule } from "#tests/factories/schedule.ts";
import { callOff } from "#tests/factories/waitlist.ts";

let place: TestSchedule;
const staff = () => callerOf(place.clinic.owner, place.clinic).recall;

beforeEach(async () => {
  place = await makeSchedule(await makeClinic());
});
afterAll(closeDatabases);

async function add(dueOn: string, serviceId: string | null = null) {
  const patient = await makePatient(place.clinic.owner.ctx);
  const id = newId();
  const input = { id, patientId: patient.id, serviceId, practitionerId: null, dueOn, reason: "Contrôle" };
  await staff().add(input);
  await staff().add(input);
  return { id, patientId: patient.id };
}

const visit = (patientId: string, at: string) =>
  withStaff(place.clinic.owner.ctx, async (db) => {
    const [sittingId, appointmentId] = [await sit(db, place, { at }), newId()];
    await db.appointment.createMany({
      data: { clinicId: place.clinic.id, id: appointmentId, sittingId, patientId, source: "staff" },
    });
    return { sittingId, appointmentId };
  });
const ids = async (state: "due" | "later" | "booked") => (await staff().list({ state })).rows.map(({ id }) => id);

describe("recalls", () => {
  it("are due or to come, the longest overdue first, a page at a time", async () => {
    const [later, late, today] = [await add(inDays(30)), await add(inDays(-40)), await add(inDays(-1))];
    expect(await ids("due")).toEqual([late.id, today.id]);
    expect(await ids("later")).toEqual([later.id]);
    const first = await staff().list({ most: 1 });
    expect(first.rows[0]).toMatchObject({ id: late.id, reason: "Contrôle", visitAt: null });
    expect([39, 40, 41]).toContain(first.rows[0]?.lateBy);
    const second = await staff().list({ most: 1, after: first.after ?? undefined });
    expect([second.rows[0]?.id, second.after]).toEqual([today.id, null]);
  });

  it("keep every try, by whom and when, and take none once closed", async () => {
    const { id } = await add(inDays(-1));
    const assistant = await makeMember(place.clinic, "assistant");
    const attempt = { id: newId(), recallId: id, kind: "left-message" as const, note: "Rappellera" };
    await callerOf(assistant, place.clinic).recall.attempt(attempt);
    await callerOf(assistant, place.clinic).recall.attempt(attempt);
    await staff().attempt({ id: newId(), recallId: id, kind: "called", note: "" });
    const [row] = (await staff().list({})).rows;
    expect(row?.attempts.map(({ kind }) => kind)).toEqual(["called", "left-message"]);
    expect(row?.attempts.map(({ by }) => by !== "")).toEqual([true, true]);
    await staff().close({ id, version: 1, reason: "declined" });
    expect(await ids("due")).toEqual([]);
    expect((await refusal(staff().attempt({ ...attempt, id: newId() }))).key).toBe("recall.closed");
    expect((await refusal(staff().close({ id, version: 1, reason: "declined" }))).key).toBe("stale");
  });

  it("are answered by a visit that is booked since, for their service, and are back when it is called off", async () => {
    const other = await makeSchedule(place.clinic);
    const [any, ours, theirs] = [
      await add(inDays(-1)),
      await add(inDays(-1), place.serviceId),
      await add(inDays(-1), other.serviceId),
    ];
    const booked = await visit(any.patientId, `${inDays(5)} 09:00`);
    await visit(ours.patientId, `${inDays(5)} 11:00`);
    await visit(theirs.patientId, `${inDays(5)} 13:00`);
    expect(await ids("due")).toEqual([theirs.id]);
    expect((await ids("booked")).sort()).toEqual([any.id, ours.id].sort());
    await callOff(place, booked);
    expect((await ids("due")).sort()).toEqual([any.id, theirs.id].sort());
  });

  it("are not answered by a visit from before", async () => {
    const patient = await makePatient(place.clinic.owner.ctx);
    await visit(patient.id, `${inDays(5)} 09:00`);
    const id = newId();
    await staff().add({
      id,
      patientId: patient.id,
      serviceId: null,
      practitionerId: null,
      dueOn: inDays(-1),
      reason: "",
    });
    expect(await ids("due")).toEqual([id]);
  });

  it("are changed on top of what was read, or not at all", async () => {
    const { id } = await add(inDays(-1));
    const change = { id, version: 1, serviceId: null, practitionerId: null, dueOn: inDays(10), reason: "Plus tard" };
    expect(await staff().change(change)).toEqual({ version: 2 });
    expect((await refusal(staff().change(change))).key).toBe("stale");
    expect(await ids("later")).toEqual([id]);
  });
});
