import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { makeSchedule, sit, type TestSchedule } from "#tests/factories/schedule.ts";

describe("AC-22, AC-28: a chart is opened on a ground, and the journal says which", () => {
  let clinic: TestClinic;
  let place: TestSchedule;
  let doctor: TestMember;
  let desk: TestMember;

  beforeAll(async () => {
    clinic = await makeClinic();
    place = await makeSchedule(clinic);
    [doctor, desk] = [await makeMember(clinic, "professional"), await makeMember(clinic, "assistant")];
    const id = place.practitioners[0];
    const { version } = await withStaff(clinic.owner.ctx, (db) =>
      db.practitioner.findFirstOrThrow({ where: { clinicId: clinic.id, id }, select: { version: true } }),
    );
    await withStaff(clinic.owner.ctx, (db) =>
      db.practitioner.updateMany({
        where: { clinicId: clinic.id, id },
        data: { membershipId: doctor.membershipId, version: version + 1 },
      }),
    );
  });

  const open = (member: TestMember, patientId: string, refresh = false) =>
    callerOf(member, clinic).chart.open({ patientId, refresh });
  const someone = async () => (await makePatient(clinic.owner.ctx)).id;

  let taken = 0;
  /** A visit with the doctor, so many days from today. */
  async function visit(patientId: string, days: number, state: object = {}) {
    const day = new Date(`${todayIn("America/Toronto")}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + days);
    await withStaff(clinic.owner.ctx, async (db) => {
      taken += 1;
      const at = `${day.toISOString().slice(0, 10)} ${8 + Math.floor(taken / 60)}:${taken % 60}`;
      const sittingId = await sit(db, place, { at, minutes: 1 });
      await db.appointment.createMany({
        data: { clinicId: clinic.id, id: newId(), sittingId, patientId, source: "staff", ...state },
      });
    });
  }

  const openings = async (patientId: string) => {
    const events = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({
        where: { clinicId: clinic.id, patientId, event: { in: ["chart.opened", "chart.reason-said"] } },
        orderBy: { id: "asc" },
      }),
    );
    return events.map(({ event, agentId, detail }) => ({ event, agentId, ...(detail as object) }));
  };

  it("today's visit opens it at once", async () => {
    const patientId = await someone();
    await visit(patientId, 0);
    const chart = await open(doctor, patientId);
    expect(chart).toMatchObject({ basis: "visit", patient: { id: patientId }, restrictions: 0 });
    expect(await openings(patientId)).toEqual([{ event: "chart.opened", agentId: doctor.userId, basis: "visit" }]);
  });

  it("so does having followed them, and having them to come; a cancelled visit does not", async () => {
    const [followed, coming, cancelled, longAgo] = await Promise.all([1, 2, 3, 4].map(someone));
    await visit(followed ?? "", -400);
    await visit(coming ?? "", 30);
    await visit(cancelled ?? "", 0, {
      status: "cancelled",
      flow: "none",
      cancelledAt: new Date(),
      cancelledBy: "patient",
    });
    await visit(longAgo ?? "", -1200);
    expect((await open(doctor, followed ?? "")).basis).toBe("care-team");
    expect((await open(doctor, coming ?? "")).basis).toBe("care-team");
    expect(await open(doctor, cancelled ?? "")).toMatchObject({ basis: null });
    expect(await open(doctor, longAgo ?? "")).toMatchObject({ basis: null });
  });

  it("nobody else opens it without saying why, and then for the day", async () => {
    const patientId = await someone();
    const other = await makeMember(clinic, "professional");
    // Whose chart it is, as a search says it, and journaled like one; nothing more of the person.
    const { displayName, birthDate, fileNumber } = await callerOf(clinic.owner, clinic).patient.read({ id: patientId });
    expect(await open(other, patientId)).toEqual({ basis: null, person: { displayName, birthDate, fileNumber } });
    expect(await openings(patientId)).toEqual([]);
    const reason = { id: newId(), patientId, reason: "covering" as const };
    await Promise.all(
      [1, 2].map(() =>
        callerOf(other, clinic)
          .chart.sayReason(reason)
          .catch(() => undefined),
      ),
    );
    await callerOf(other, clinic).chart.sayReason(reason);
    expect((await open(other, patientId)).basis).toBe("declared");
    expect((await openings(patientId)).map(({ event }) => event)).toEqual(["chart.reason-said", "chart.opened"]);
    // One's own reason, and nobody else's.
    expect(await open(await makeMember(clinic, "professional"), patientId)).toMatchObject({ basis: null });
  });

  it.each(["*", "identity"] as const)(
    "a patient closed to them (%s) is not named to who is asked why",
    async (category) => {
      const patientId = await someone();
      const other = await makeMember(clinic, "professional");
      await callerOf(clinic.owner, clinic).privacy.restrict({
        patientId,
        target: { kind: "member", userId: other.userId },
        category,
        ...{
          signedOn: todayIn("America/Toronto"),
          signerName: "Elle-même",
          signerContact: "418 555-0142",
          risksExplained: true,
        },
      });
      const answer = await open(other, patientId).catch(({ code }) => ({ code }));
      expect(answer).not.toHaveProperty("person.displayName");
      expect([{ basis: "closed" }, { basis: null, person: null }, { code: "NOT_FOUND" }]).toContainEqual(answer);
    },
  );

  it("a reason of one's own is said in words", async () => {
    const patientId = await someone();
    const say = (note: string) =>
      callerOf(doctor, clinic).chart.sayReason({ id: newId(), patientId, reason: "other", note });
    await expect(say(" ")).rejects.toThrow("chart.noteNeeded");
    await say("Retour d’appel du CLSC");
    expect((await open(doctor, patientId)).basis).toBe("declared");
  });

  it("the front desk sees who it is and when they come, and says no reason", async () => {
    const patientId = await someone();
    await visit(patientId, 3);
    expect(await open(desk, patientId)).toMatchObject({
      basis: "administration",
      patient: { id: patientId },
      visits: { coming: [{ practitioner: "Ève Gagnon" }], past: [], count: 0 },
    });
    const say = callerOf(desk, clinic).chart.sayReason({ id: newId(), patientId, reason: "covering" });
    expect(await refusal(say)).toMatchObject({ code: "Forbidden" });
  });

  it("who has come is here, though their hour has not struck", async () => {
    const patientId = await someone();
    await visit(patientId, 2, { status: "checked-in", flow: "with-professional" });
    await visit(patientId, 3);
    const chart = await open(doctor, patientId);
    const { visits } = chart as Extract<typeof chart, { visits: object }>;
    expect([visits.coming, visits.past].map((lines) => lines.map(({ status }) => status))).toEqual([
      ["booked"],
      ["checked-in"],
    ]);
  });

  it("the head says what the person refused and did not take back, offers apart", async () => {
    const patientId = await someone();
    await visit(patientId, 0);
    const consent = callerOf(clinic.owner, clinic).consent;
    const takenOn = todayIn("America/Toronto");
    const say = async (purpose: "disclosure" | "care" | "promotion" | "relatives", decision: "deny" | "permit") => {
      const id = newId();
      await consent.record({ id, patientId, purpose, decision, scope: `Quant à ${purpose}`, mode: "oral", takenOn });
      return id;
    };
    expect(await open(doctor, patientId)).toMatchObject({ refusals: [] });
    await say("care", "permit");
    await say("promotion", "deny");
    await say("relatives", "deny");
    const disclosure = await say("disclosure", "deny");
    const both = [
      { purpose: "disclosure", scope: "Quant à disclosure" },
      { purpose: "relatives", scope: "Quant à relatives" },
    ];
    expect(await open(doctor, patientId)).toMatchObject({ refusals: both });
    expect(await open(desk, patientId)).toMatchObject({ refusals: both });
    await consent.withdraw({ id: disclosure, version: 1, mode: "oral" });
    expect(await open(doctor, patientId)).toMatchObject({ refusals: both.slice(1) });
  });

  it("of many refusals the head has twelve, and one more by which it says that there are others", async () => {
    const patientId = await someone();
    const consent = callerOf(clinic.owner, clinic).consent;
    const takenOn = todayIn("America/Toronto");
    const said = { patientId, purpose: "care", decision: "deny", mode: "oral", takenOn } as const;
    for (let nth = 0; nth < 14; nth += 1) await consent.record({ ...said, id: newId(), scope: `Soin ${nth}` });
    await visit(patientId, 0);
    const chart = await open(doctor, patientId);
    const { refusals } = chart as Extract<typeof chart, { refusals: object }>;
    expect(refusals.map(({ scope }) => scope)).toEqual(Array.from({ length: 13 }, (_, nth) => `Soin ${13 - nth}`));
  });

  it("a page that asks again by itself is told once", async () => {
    const patientId = await someone();
    await visit(patientId, 0);
    await open(doctor, patientId);
    await open(doctor, patientId, true);
    await open(doctor, patientId, true);
    expect(await openings(patientId)).toHaveLength(1);
    await open(doctor, patientId);
    expect(await openings(patientId)).toHaveLength(2);
  });

  it("another clinic's patient is nobody", async () => {
    const elsewhere = await makeClinic();
    const { id } = await makePatient(elsewhere.owner.ctx);
    expect(await refusal(open(doctor, id))).toMatchObject({ code: "NotFound" });
    expect(
      await refusal(callerOf(doctor, clinic).chart.sayReason({ id: newId(), patientId: id, reason: "covering" })),
    ).toMatchObject({ code: "NotFound" });
  });
});
