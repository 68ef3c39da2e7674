import { afterAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { unfileDocument } from "#server/document/unfile-document.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { signTestNote } from "#tests/factories/note.ts";
import { makeRecord, measure } from "#tests/factories/record.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { makeVisit } from "#tests/factories/waitlist.ts";

afterAll(closeDatabases);

describe("GM-2: from years to days", () => {
  it("counts by year, then by month, then says each day what there was", async () => {
    const record = await makeRecord();
    const { caller, patientId } = record;
    await caller.condition.add({ id: newId(), patientId, label: "HTA", onset: "2014" });
    await caller.history.add({ id: newId(), patientId, kind: "personal", label: "Cholécystectomie", occurred: "1999" });
    await caller.immunization.add({ id: newId(), patientId, vaccine: "Grippe", occurred: "2025-10-28" });
    await measure(
      record,
      [
        ["weight", "78"],
        ["heart-rate", "72"],
      ],
      new Date("2025-10-28T15:00:00Z"),
    );
    await measure(record, [["weight", "77"]], new Date("2025-03-02T15:00:00Z"));

    const read = (within: string) => caller.timeline.read({ patientId, within });
    expect((await read("")).map(({ period, counts }) => [period, counts])).toEqual([
      ["2025", { immunization: 1, observation: 3 }],
      ["2014", { condition: 1 }],
      ["1999", { history: 1 }],
    ]);
    expect((await read("2025")).map(({ period, counts }) => [period, counts])).toEqual([
      ["2025-10", { immunization: 1, observation: 2 }],
      ["2025-03", { observation: 1 }],
    ]);
    const [day] = await read("2025-10");
    expect(day?.period).toBe("2025-10-28");
    expect(day?.items.map(({ kind, label, code }) => `${kind} ${label || code}`)).toEqual([
      "immunization Grippe",
      "observation heart-rate",
      "observation weight",
    ]);
    // What is known to its year stands at its year.
    expect((await read("2014")).map(({ period }) => period)).toEqual(["2014"]);
  });

  it("an evening belongs to its day in the clinic, whatever the hour in Greenwich", async () => {
    const record = await makeRecord();
    await measure(record, [["weight", "78"]], new Date("2026-01-01T02:30:00Z"));
    const read = (within: string) => record.caller.timeline.read({ patientId: record.patientId, within });
    expect((await read("")).map(({ period }) => period)).toEqual(["2025"]);
    expect((await read("2025-12")).map(({ period }) => period)).toEqual(["2025-12-31"]);
    expect(await read("2026-01")).toEqual([]);
  });

  it("has the notes of whoever may read them, on the day that they are of", async () => {
    const { clinic, doctor, caller, patientId } = await makeRecord();
    await signTestNote(clinic, doctor, { patientId, occurredAt: new Date("2026-08-24T14:00:00Z") });
    const [month] = await caller.timeline.read({ patientId, within: "2026" });
    expect(month).toMatchObject({ period: "2026-08", counts: { note: 1 } });
    expect((await caller.timeline.read({ patientId, within: "2026-08" }))[0]?.period).toBe("2026-08-24");
  });

  it("has the documents on the day that they bear, one of each, and none that was filed in error", async () => {
    const { doctor, caller, patientId } = await makeRecord();
    const file = async (title: string, datedOn: string) => {
      const id = await sendFile(doctor, aLetter(title));
      await fileDocument(doctor.ctx, { id, version: 1, patientId, ...card, title, datedOn });
      return id;
    };
    await file("Coloscopie", "2019-05-02");
    const wrong = await file("Sommaire d’un autre", "2018-02-03");
    await unfileDocument(doctor.ctx, { id: wrong, version: 2, reason: "Mauvais dossier" });
    expect(await caller.timeline.read({ patientId, within: "2019" })).toMatchObject([
      { period: "2019-05", counts: { document: 1 } },
    ]);
    const [day] = await caller.timeline.read({ patientId, within: "2019-05" });
    expect(day?.items).toEqual([{ kind: "document", label: "Coloscopie", code: "" }]);
    expect((await caller.timeline.read({ patientId })).map(({ period }) => period)).toEqual(["2019"]);
  });

  it("has the visits, and nothing of another patient or for the front desk", async () => {
    const record = await makeRecord();
    const other = await makeRecord();
    const place = await makeSchedule(record.clinic);
    const { patientId, appointmentId } = await makeVisit(place, 3);
    await opens(record.doctor, patientId);
    // One that is still to come did not happen.
    expect(await record.caller.timeline.read({ patientId })).toEqual([]);
    await withStaff(record.clinic.owner.ctx, (db) =>
      db.appointment.updateMany({
        where: { clinicId: record.clinic.id, id: appointmentId },
        data: { status: "arrived", flow: "arrived", arrivedAt: new Date(), version: { increment: 1 } },
      }),
    );
    const [year] = await record.caller.timeline.read({ patientId });
    expect(year).toMatchObject({ counts: { visit: 1 } });
    expect(await record.caller.timeline.read({ patientId, within: (year?.period ?? "").slice(0, 4) })).toHaveLength(1);
    expect((await refusal(other.caller.timeline.read({ patientId: record.patientId }))).code).toBe("NotFound");
    const desk = await makeMember(record.clinic, "assistant");
    expect((await refusal(callerOf(desk, record.clinic).timeline.read({ patientId: record.patientId }))).code).toBe(
      "Forbidden",
    );
  });
});
