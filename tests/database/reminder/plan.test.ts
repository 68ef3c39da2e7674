import { describe, expect, test } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addRule } from "#server/reminder/add-rule.ts";
import { changeRule } from "#server/reminder/change-rule.ts";
import { planAppointmentMessages } from "#server/reminder/plan-appointment-messages.ts";
import { planVisits } from "#server/reminder/plan-visits.ts";
import { changePolicy } from "#server/schedule/policy/change-policy.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule, wallTime } from "#tests/factories/schedule.ts";
import { bookVisit, jobContext, messagesOf, workOff } from "#tests/factories/visit.ts";

const worker = (clinic: TestClinic) => ({ requestId: newId(), job: "test", clinicId: clinic.id });
const iso = (at: Date) => at.toISOString().replace(".000Z", "Z");

async function planned(clinic: TestClinic, appointmentId: string) {
  const rows = await messagesOf(clinic, appointmentId);
  return rows.filter(({ status }) => status === "planned").map(({ kind, dueAt }) => `${kind} ${iso(dueAt)}`);
}
const reminders = async (clinic: TestClinic, id: string) =>
  (await planned(clinic, id)).filter((one) => one.startsWith("reminder"));

async function settleNotices(clinic: TestClinic, appointmentId: string) {
  await withStaff(clinic.owner.ctx, (db) =>
    db.visitMessage.updateMany({
      where: { clinicId: clinic.id, appointmentId, kind: { not: "reminder" }, status: "planned" },
      data: { status: "sent", settledAt: new Date() },
    }),
  );
}

async function scene(zone = "America/Toronto"): Promise<TestSchedule> {
  return makeSchedule(await makeClinic(), { timeZone: zone });
}
const rule = (beforeMinutes: number, more: object = {}) => ({
  id: newId(),
  channel: "email" as const,
  beforeMinutes,
  serviceIds: [],
  evenConfirmed: false,
  active: true,
  ...more,
});
async function move({ clinic }: TestSchedule, sittingId: string, at: string) {
  await withStaff(clinic.owner.ctx, (db) =>
    db.sitting.updateMany({
      where: { clinicId: clinic.id, id: sittingId },
      data: { ...wallTime(at), version: { increment: 1 } },
    }),
  );
}
async function setStatus({ clinic }: TestSchedule, id: string, status: "cancelled" | "booked" | "arrived") {
  const off = status === "cancelled";
  await withStaff(clinic.owner.ctx, (db) =>
    db.appointment.updateMany({
      where: { clinicId: clinic.id, id },
      data: {
        status,
        flow: off ? "none" : status === "arrived" ? "arrived" : "expected",
        cancelledAt: off ? new Date() : null,
        cancelledBy: off ? "clinic" : null,
        version: { increment: 1 },
      },
    }),
  );
}

describe("a change of a visit asks for its messages in its own transaction, whoever makes it", () => {
  test("a booking that is rolled back owes nothing", async () => {
    const place = await scene();
    const { clinic } = place;
    const broken = withStaff(clinic.owner.ctx, async (db) => {
      const { sit } = await import("#tests/factories/schedule.ts");
      const [sittingId, personId] = [await sit(db, place, { at: "2027-03-02 10:00" }), newId()];
      await db.requestPerson.createMany({
        data: { clinicId: clinic.id, id: personId, familyName: "A", givenName: "B", email: "a@b.example" },
      });
      await db.appointment.createMany({
        data: { clinicId: clinic.id, id: newId(), sittingId, requestPersonId: personId, source: "staff" },
      });
      throw new Error("broken off");
    });
    await expect(broken).rejects.toThrow("broken off");
    expect(await workOff(clinic)).toBe(0);
  });

  test("a visit that is booked is confirmed at once and reminded two days before, where the clinic made no rule", async () => {
    const place = await scene();
    const { appointmentId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    expect(await workOff(place.clinic)).toBe(1);
    const rows = await messagesOf(place.clinic, appointmentId);
    expect(rows.map(({ kind, channel, status }) => [kind, channel, status])).toEqual([
      ["confirmation", "email", "planned"],
      ["reminder", "email", "planned"],
    ]);
    expect(await reminders(place.clinic, appointmentId)).toEqual(["reminder 2027-02-28T15:00:00Z"]);
    // Each has its own job, not before its time.
    const jobs = await withRelay(
      (db) => db.$queryRaw<{ id: string; run_at: Date }[]>`
        select id, run_at from queue.outbox where job = 'send-message' and clinic_id = ${place.clinic.id}::uuid order by run_at`,
    );
    expect(jobs.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(jobs[1]?.run_at).toEqual(rows[1]?.dueAt);
  });

  test("a visit that moves takes its reminder along; the person is told once", async () => {
    const place = await scene();
    const { appointmentId, sittingId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    await workOff(place.clinic);
    await settleNotices(place.clinic, appointmentId);
    await move(place, sittingId, "2027-03-04 14:30");
    await workOff(place.clinic);
    expect(await reminders(place.clinic, appointmentId)).toEqual(["reminder 2027-03-02T19:30:00Z"]);
    expect((await planned(place.clinic, appointmentId)).filter((one) => one.startsWith("moved"))).toHaveLength(1);
  });

  test("moved and moved back before anybody was told, nobody is told anything", async () => {
    const place = await scene();
    const { appointmentId, sittingId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    await workOff(place.clinic);
    await settleNotices(place.clinic, appointmentId);
    await move(place, sittingId, "2027-03-04 14:30");
    await workOff(place.clinic);
    await move(place, sittingId, "2027-03-02 10:00");
    await workOff(place.clinic);
    expect(await planned(place.clinic, appointmentId)).toEqual(["reminder 2027-02-28T15:00:00Z"]);
  });

  test("a visit that is off has no reminder, says so once, and gets both again when it is restored", async () => {
    const place = await scene();
    const { appointmentId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    await workOff(place.clinic);
    await settleNotices(place.clinic, appointmentId);
    await setStatus(place, appointmentId, "cancelled");
    await workOff(place.clinic);
    expect((await planned(place.clinic, appointmentId)).map((one) => one.split(" ")[0])).toEqual(["cancelled"]);
    await settleNotices(place.clinic, appointmentId);
    await setStatus(place, appointmentId, "booked");
    await workOff(place.clinic);
    const kinds = (await planned(place.clinic, appointmentId)).map((one) => one.split(" ")[0]);
    expect(kinds.sort()).toEqual(["confirmation", "reminder"]);
  });

  test("a whole sitting that is off tells everybody in it, though whoever cancels it may not see them all", async () => {
    const place = await scene();
    const { clinic } = place;
    const { appointmentId, sittingId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    await workOff(clinic);
    await settleNotices(clinic, appointmentId);
    await withStaff(clinic.owner.ctx, (db) =>
      db.sitting.updateMany({
        where: { clinicId: clinic.id, id: sittingId },
        data: { status: "cancelled", version: { increment: 1 } },
      }),
    );
    await workOff(clinic);
    expect((await planned(clinic, appointmentId)).map((one) => one.split(" ")[0])).toEqual(["cancelled"]);
  });

  test("who has arrived is not reminded of it", async () => {
    const place = await scene();
    const { appointmentId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    await workOff(place.clinic);
    await setStatus(place, appointmentId, "arrived");
    await workOff(place.clinic);
    expect(await reminders(place.clinic, appointmentId)).toEqual([]);
  });

  test("a visit booked too late for its reminder has none", async () => {
    const place = await scene();
    const soon = new Date(Date.now() + 26 * 3_600_000);
    const wall = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "America/Toronto",
      dateStyle: "short",
      timeStyle: "short",
    });
    const { appointmentId } = await bookVisit(place, { at: wall.format(soon) });
    await workOff(place.clinic);
    expect((await planned(place.clinic, appointmentId)).map((one) => one.split(" ")[0])).toEqual(["confirmation"]);
  });

  test("planned twice, or by two workers at once, it is planned once", async () => {
    const place = await scene();
    const { clinic } = place;
    const { appointmentId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    const plan = () => withStaff(worker(clinic), (db) => planVisits(db, clinic.id, [appointmentId]));
    await Promise.all([plan(), plan(), plan(), plan()]);
    await plan();
    expect(await messagesOf(clinic, appointmentId)).toHaveLength(2);
    const owed = await withRelay(
      (db) => db.$queryRaw<{ n: number }[]>`
        select count(*)::int as n from queue.outbox where job = 'send-message' and clinic_id = ${clinic.id}::uuid`,
    );
    expect(owed[0]?.n).toBe(2);
  });

  test("a job that the queue runs again finds its row gone and changes nothing", async () => {
    const place = await scene();
    const { appointmentId } = await bookVisit(place, { at: "2027-03-02 10:00" });
    await workOff(place.clinic);
    const again = planAppointmentMessages(jobContext(place.clinic, newId(), "plan-appointment"), { appointmentId });
    await expect(again).rejects.toMatchObject({ name: "AlreadyDone" });
  });
});

describe("the rules of the clinic", () => {
  test("several, for some services, each reminds once of one time", async () => {
    const place = await scene();
    const { clinic, serviceId } = place;
    const other = await makeSchedule(clinic);
    await addRule(clinic.owner.ctx, rule(2880, { serviceIds: [serviceId] }));
    await addRule(clinic.owner.ctx, rule(120));
    await addRule(clinic.owner.ctx, rule(120, { serviceIds: [serviceId] }));
    const mine = await bookVisit(place, { at: "2027-03-02 14:00" });
    const theirs = await bookVisit(other, { at: "2027-03-02 14:00" });
    await workOff(clinic);
    expect((await reminders(clinic, mine.appointmentId)).sort()).toEqual([
      "reminder 2027-02-28T19:00:00Z",
      "reminder 2027-03-02T17:00:00Z",
    ]);
    expect(await reminders(clinic, theirs.appointmentId)).toEqual(["reminder 2027-03-02T17:00:00Z"]);
  });

  test("a rule that changes or rests plans every visit to come anew, and tells nobody anything", async () => {
    const place = await scene();
    const { clinic } = place;
    const { appointmentId } = await bookVisit(place, { at: "2027-03-02 14:00" });
    await workOff(clinic);
    await settleNotices(clinic, appointmentId);
    const first = rule(1440);
    await addRule(clinic.owner.ctx, first);
    await workOff(clinic);
    expect(await planned(clinic, appointmentId)).toEqual(["reminder 2027-03-01T19:00:00Z"]);
    await changeRule(clinic.owner.ctx, { ...first, active: false, version: 1 });
    await workOff(clinic);
    expect(await planned(clinic, appointmentId)).toEqual([]);
    const stale = changeRule(clinic.owner.ctx, { ...first, version: 1 });
    await expect(stale).rejects.toMatchObject({ code: "Conflict", key: "stale" });
  });

  test("a rule for another clinic's service does not exist", async () => {
    const [here, there] = [await scene(), await scene()];
    const asked = addRule(here.clinic.owner.ctx, rule(120, { serviceIds: [there.serviceId] }));
    await expect(asked).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("hours of silence that change", () => {
  const quiet = { holdMinutes: 10, waitlistAutomatic: false, offerMinutes: 120, waitLimitMinutes: 20, requestDays: 90 };

  test("move the reminders that they touch, and ask for nothing when they stay", async () => {
    const place = await scene();
    const { clinic } = place;
    await addRule(clinic.owner.ctx, rule(180));
    const { appointmentId } = await bookVisit(place, { at: "2027-03-02 12:00" });
    await workOff(clinic);
    expect(await reminders(clinic, appointmentId)).toEqual(["reminder 2027-03-02T14:00:00Z"]);
    // Silent until ten: an hour that rang at nine rings at ten.
    const change = (quietFromMinute: number, quietUntilMinute: number, version: number) =>
      changePolicy(clinic.owner.ctx, { ...quiet, quietFromMinute, quietUntilMinute, version });
    await change(1260, 600, 0);
    expect(await workOff(clinic)).toBe(1);
    expect(await reminders(clinic, appointmentId)).toEqual(["reminder 2027-03-02T15:00:00Z"]);
    await changePolicy(clinic.owner.ctx, {
      ...quiet,
      holdMinutes: 12,
      quietFromMinute: 1260,
      quietUntilMinute: 600,
      version: 1,
    });
    expect(await workOff(clinic)).toBe(0);
    await change(1260, 480, 2);
    expect(await workOff(clinic)).toBe(1);
    expect(await reminders(clinic, appointmentId)).toEqual(["reminder 2027-03-02T14:00:00Z"]);
  });

  test("are asked for by whoever writes them, and not by a first row that says what held already", async () => {
    const { clinic } = await scene();
    await changePolicy(clinic.owner.ctx, { ...quiet, quietFromMinute: 1260, quietUntilMinute: 480, version: 0 });
    expect(await workOff(clinic)).toBe(0);
  });
});

describe("quiet hours and clocks", () => {
  const due = async (at: string, before: number, from: number, until: number, zone = "America/Toronto") => {
    const clinic = await makeClinic();
    const { day, minute } = { day: at.slice(0, 10), minute: Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16)) };
    const [row] = await withStaff(
      clinic.owner.ctx,
      (db) => db.$queryRaw<{ due: Date }[]>`
        select clinic.reminder_due(${day}::date, ${minute}::int, ${zone}, ${before}::int, ${zone}, ${from}::int, ${until}::int) as due`,
    );
    return iso(row?.due ?? new Date(0));
  };

  test.each([
    ["outside them, as the rule says", "2027-01-20 14:00", 240, "2027-01-20T15:00:00Z"],
    ["a visit within them, half an hour before they began", "2027-01-20 23:00", 60, "2027-01-20T20:30:00-05:00"],
    ["before or after midnight, at their end", "2027-01-20 14:00", 600, "2027-01-20T08:00:00-05:00"],
    [
      "where their end is too close to the visit, half an hour before they began",
      "2027-01-20 08:15",
      60,
      "2027-01-19T20:30:00-05:00",
    ],
    ["exactly when they begin", "2027-01-21 09:00", 720, "2027-01-21T08:00:00-05:00"],
    ["exactly when they end", "2027-01-21 09:00", 60, "2027-01-21T08:00:00-05:00"],
  ])("%s (21 h to 8 h)", async (_, at, before, expected) => {
    expect(await due(at, before, 1260, 480)).toBe(iso(new Date(expected)));
  });

  test("hours that do not go over midnight, and none at all", async () => {
    expect(await due("2027-01-20 13:50", 60, 720, 810)).toBe("2027-01-20T16:30:00Z");
    expect(await due("2027-01-20 09:00", 480, 600, 600)).toBe("2027-01-20T06:00:00Z");
  });

  test("days are counted on the calendar across the change of the clocks, hours by the clock", async () => {
    // The clocks go forward on 2027-03-14: ten in the morning is 14:00 UTC after, 15:00 before.
    expect(await due("2027-03-15 10:00", 2880, 0, 0)).toBe("2027-03-13T15:00:00Z");
    expect(await due("2027-03-14 10:00", 600, 0, 0)).toBe("2027-03-14T04:00:00Z");
    // And back on 2027-11-07.
    expect(await due("2027-11-08 10:00", 1440, 0, 0)).toBe("2027-11-07T15:00:00Z");
    expect(await due("2027-11-07 10:00", 1440, 0, 0)).toBe("2027-11-06T14:00:00Z");
  });

  test("a time that the spring skips is the next that there is", async () => {
    expect(await due("2027-03-15 02:30", 1440, 0, 0)).toBe("2027-03-14T07:30:00Z");
  });

  test("elsewhere in Québec, by that place's clock", async () => {
    expect(await due("2027-01-20 14:00", 1440, 0, 0, "America/Blanc-Sablon")).toBe("2027-01-19T18:00:00Z");
  });
});
