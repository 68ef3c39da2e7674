import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { beginTestNote, newTab, signTestNote } from "#tests/factories/note.ts";
import { makeSchedule, sit, type TestSchedule } from "#tests/factories/schedule.ts";

describe("a chart counts its visits in one way, wherever it counts them", () => {
  let clinic: TestClinic;
  let place: TestSchedule;
  let doctor: TestMember;
  let nurse: TestMember;

  beforeAll(async () => {
    clinic = await makeClinic();
    place = await makeSchedule(clinic);
    [doctor, nurse] = [await makeMember(clinic, "professional"), await makeMember(clinic, "professional")];
  });

  const year = new Date().getUTCFullYear();

  async function visit(patientId: string, at: string, state: object = {}): Promise<string> {
    const id = newId();
    await withStaff(clinic.owner.ctx, async (db) => {
      const sittingId = await sit(db, place, { at, minutes: 20 });
      await db.appointment.createMany({
        data: { clinicId: clinic.id, id, sittingId, patientId, source: "staff", ...state },
      });
    });
    return id;
  }

  async function counts(member: TestMember, patientId: string) {
    const as = callerOf(member, clinic);
    const chart = await as.chart.open({ patientId });
    const bars = await as.encounter.timeline({ patientId, unit: "year" });
    const years = await as.timeline.read({ patientId });
    return {
      card: "visits" in chart ? [chart.visits.count, chart.visits.since] : null,
      bars: bars.map(({ on, visits }) => [Number(on.slice(0, 4)), visits]).filter(([, held]) => held !== 0),
      years: years
        .filter(({ counts: { visit: held } }) => held)
        .map(({ period, counts: { visit: held } }) => [Number(period), held])
        .reverse(),
    };
  }

  it("who came, whose note is signed, who was called; not who is to come, was absent, or was spoken of", async () => {
    const { id: patientId } = await makePatient(clinic.owner.ctx);
    for (const member of [doctor, nurse])
      await callerOf(member, clinic).chart.sayReason({ id: newId(), patientId, reason: "covering", note: "Relève" });
    expect(await counts(doctor, patientId)).toEqual({ card: [0, null], bars: [], years: [] });

    const came = await visit(patientId, `${year - 2}-03-02 09:00`, { status: "fulfilled", flow: "done" });
    // Two who see them at one visit: one visit.
    await signTestNote(clinic, doctor, { patientId, appointmentId: came });
    await signTestNote(clinic, nurse, { patientId, appointmentId: came });
    // Nobody followed it through the day, and its note is signed.
    const written = await visit(patientId, `${year - 1}-05-04 09:00`);
    await signTestNote(clinic, doctor, { patientId, appointmentId: written });
    await visit(patientId, `${year - 1}-06-01 09:00`);
    await visit(patientId, `${year - 1}-07-06 09:00`, { status: "noshow", flow: "none" });
    await visit(patientId, `${year - 1}-08-03 09:00`, {
      status: "cancelled",
      flow: "none",
      cancelledAt: new Date(),
      cancelledBy: "patient",
    });
    const coming = await visit(patientId, `${year + 1}-02-01 09:00`);
    // Its note is prepared: it has not been held for that.
    await beginTestNote(clinic, doctor, { patientId, appointmentId: coming });
    const call = {
      patientId,
      tab: newTab(),
      occurredAt: new Date(`${year - 1}-11-02T15:00:00Z`),
      template: { shipped: "telephone.fr" },
    };
    await callerOf(doctor, clinic).note.start({ ...call, id: newId(), encounterId: newId(), class: "telephone" });
    await callerOf(nurse, clinic).note.start({ ...call, id: newId(), encounterId: newId(), class: "none" });

    const held = [
      [year - 2, 1],
      [year - 1, 2],
    ];
    expect(await counts(doctor, patientId)).toEqual({ card: [3, year - 2], bars: held, years: held });
  });
});
