import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readSummary } from "#server/summary/read-summary.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { daysAgo, makeRecord, measure, type TestRecord } from "#tests/factories/record.ts";
import { statementsOf } from "#tests/factories/statements.ts";

let record: TestRecord;
beforeAll(async () => {
  record = await makeRecord();
});
afterAll(closeDatabases);

describe("OSC-1: the summary on one screen", () => {
  it("holds problems, allergies, history, vaccines, and the last of each measure with its line", async () => {
    const { caller, patientId } = record;
    await caller.condition.add({ id: newId(), patientId, label: "HTA essentielle", onset: "2014" });
    await caller.condition.add({
      id: newId(),
      patientId,
      label: "Zona",
      onset: "2020-02",
      abatement: "2020-04",
      status: "resolved",
    });
    await caller.allergy.add({ id: newId(), patientId, substance: "Pénicilline", reaction: "urticaire" });
    await caller.history.add({
      id: newId(),
      patientId,
      kind: "family",
      relation: "father",
      label: "Infarctus",
      atAge: 52,
    });
    await caller.immunization.add({
      id: newId(),
      patientId,
      vaccine: "Grippe",
      occurred: "2025-10-28",
      lot: "UT8123AA",
    });
    for (let nth = 0; nth < 15; nth += 1) await measure(record, [["weight", `${70 + nth},5`]], daysAgo(100 - nth));
    await measure(record, [["height", "161"]], daysAgo(200));
    await measure(
      record,
      [
        ["bp-systolic", "152"],
        ["bp-diastolic", "88"],
      ],
      daysAgo(1),
    );

    const summary = await caller.summary.read({ patientId });
    expect(summary.conditions.map(({ label, status, measure: linked }) => [label, status, linked])).toEqual([
      ["HTA essentielle", "active", "bp-systolic"],
      ["Zona", "resolved", undefined],
    ]);
    expect(summary.allergies).toMatchObject([{ substance: "Pénicilline", by: expect.stringContaining("Membre") }]);
    expect(summary.history).toMatchObject([{ kind: "family", relation: "father", label: "Infarctus", atAge: 52 }]);
    expect(summary.immunizations).toMatchObject([{ vaccine: "Grippe", lot: "UT8123AA" }]);
    expect(summary.flowsheets.map(({ key }) => key)).toEqual(["hypertension"]);

    const of = (code: string) => summary.values.find((one) => one.code === code);
    expect(of("weight")).toMatchObject({ value: "84.5", unit: "kg" });
    expect(of("weight")?.line.map(({ value }) => value)).toEqual(
      Array.from({ length: 12 }, (_, nth) => `${73 + nth}.5`),
    );
    expect(of("bp-systolic")).toMatchObject({ value: "152", deviation: "high" });
    expect(of("bmi")).toMatchObject({ value: "32.6", derived: true, deviation: "high" });
    expect(of("body-surface")).toMatchObject({ value: "1.94" });
  });

  it("is read in as many statements for a thousand values as for one, and is one line of the journal", async () => {
    const short = await makeRecord();
    const long = await makeRecord();
    await measure(short, [["weight", "70"]]);
    await withStaff(long.doctor.ctx, (db) =>
      db.observation.createMany({
        data: Array.from({ length: 1000 }, (_, nth) => ({
          clinicId: long.clinic.id,
          id: newId(),
          patientId: long.patientId,
          code: `=série ${nth % 20}`,
          label: `série ${nth % 20}`,
          effectiveAt: daysAgo(nth),
          value: 7.1,
        })),
      }),
    );
    const read = ({ doctor, patientId }: TestRecord) => readSummary(doctor.ctx, { patientId, refresh: false });
    expect((await read(short)).values.length).toBe(1);
    expect((await read(long)).values.map(({ line }) => line.length)).toEqual(Array(20).fill(12));
    const [one, thousand] = [await statementsOf(() => read(short)), await statementsOf(() => read(long))];
    expect(thousand).toBe(one);
    // BEGIN, who enters, the summary, the journal, COMMIT.
    expect(one).toBeLessThanOrEqual(5);
    expect(await lines(long)).toBe(2);
    // Asked again by the page itself, within the hour: the line stands for it.
    await readSummary(long.doctor.ctx, { patientId: long.patientId, refresh: true });
    expect(await lines(long)).toBe(2);
  });

  it("is for whoever gives care: the front desk, another clinic and a restricted member read nothing of it", async () => {
    const { clinic, patientId } = record;
    const desk = await makeMember(clinic, "assistant");
    expect((await refusal(callerOf(desk, clinic).summary.read({ patientId }))).code).toBe("Forbidden");
    const elsewhere = await makeRecord();
    expect((await refusal(elsewhere.caller.summary.read({ patientId }))).code).toBe("NotFound");
    const kept = await makeMember(clinic, "professional");
    await opens(kept, patientId);
    await callerOf(clinic.owner, clinic).privacy.restrict({
      patientId,
      target: { kind: "member", userId: kept.userId },
      category: "allergy",
      signedOn: "2026-11-01",
      signerName: "Lou Gagnon",
      signerContact: "418 555-0142",
      risksExplained: true,
    });
    const summary = await callerOf(kept, clinic).summary.read({ patientId });
    expect(summary.allergies).toEqual([]);
    expect(summary.conditions.length).toBe(2);
  });
});

/** Lines of the journal that tell a reading of the summary. */
const lines = ({ doctor: { ctx } }: TestRecord) =>
  withStaff(ctx, (db) => db.auditEvent.count({ where: { clinicId: ctx.clinic.id, event: "summary.read" } }));

describe("allergies", () => {
  it("« none known » is a fact of its own: once, never beside an allergy, and ended by the first one", async () => {
    const { caller, patientId } = await makeRecord();
    const [first, again] = await Promise.all([
      caller.allergy.stateNone({ id: newId(), patientId }),
      caller.allergy.stateNone({ id: newId(), patientId }),
    ]);
    expect(again.id).toBe(first.id);
    expect((await caller.summary.read({ patientId })).allergies).toMatchObject([
      { kind: "none-known", status: "active" },
    ]);
    await caller.allergy.add({ id: newId(), patientId, substance: "Arachides", severity: "severe" });
    const { allergies } = await caller.summary.read({ patientId });
    expect(allergies.map(({ kind, status }) => `${kind} ${status}`)).toEqual(["allergy active", "none-known resolved"]);
    expect((await refusal(caller.allergy.stateNone({ id: newId(), patientId }))).key).toBe("allergy.some");
  });

  it("written while somebody states that there is none, they end with the allergy alone", async () => {
    const { caller, patientId } = await makeRecord();
    await Promise.allSettled(
      Array.from({ length: 4 }, (_, nth) =>
        nth % 2 === 0
          ? caller.allergy.stateNone({ id: newId(), patientId })
          : caller.allergy.add({ id: newId(), patientId, substance: `Noix ${nth}` }),
      ),
    );
    const active = (await caller.summary.read({ patientId })).allergies.filter(({ status }) => status === "active");
    expect(active.map(({ kind }) => kind)).toEqual(["allergy", "allergy"]);
  });
});

describe("two records that were joined", () => {
  it("one said that no allergy is known, the other had one: it is the allergy that is shown", async () => {
    const { caller, patientId, clinic, doctor } = await makeRecord();
    await caller.allergy.add({ id: newId(), patientId, substance: "Latex" });
    // As the merge leaves it: rows move as they are.
    await withStaff(doctor.ctx, (db) =>
      db.allergyIntolerance.createMany({ data: { clinicId: clinic.id, id: newId(), patientId, kind: "none-known" } }),
    );
    const { allergies } = await caller.summary.read({ patientId });
    expect(allergies.map(({ kind, substance }) => `${kind} ${substance}`)).toEqual(["allergy Latex"]);
  });
});

describe("dates", () => {
  it("to come, before the birth, or that do not exist are refused, each beside its field", async () => {
    const { caller, patientId } = record;
    const add = (onset: string) => refusal(caller.condition.add({ id: newId(), patientId, label: "Goutte", onset }));
    expect((await add("2031")).fields).toEqual({ onset: "record.future" });
    expect((await add("1957")).fields).toEqual({ onset: "record.beforeBirth" });
    await expect(
      caller.condition.add({ id: newId(), patientId, label: "Goutte", onset: "2025-02-30" }),
    ).rejects.toThrow();
    const refused = await caller.immunization
      .add({ id: newId(), patientId, vaccine: "Grippe", occurred: "2025-10-01", status: "not-done" })
      .catch((error: Error) => error.message);
    expect(refused).toContain("record.refusalReason");
  });
});
