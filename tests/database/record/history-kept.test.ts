import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { unversioned } from "#tests/database/seal/expected/exceptions.ts";
import { database } from "#tests/database/setup.ts";
import { refusal } from "#tests/factories/caller.ts";
import { makeRecord, measure, type TestRecord } from "#tests/factories/record.ts";

const admin = new pg.Client({ connectionString: database.adminUrl });
let record: TestRecord;
beforeAll(async () => {
  await admin.connect();
  record = await makeRecord();
});
afterAll(async () => {
  await admin.end();
  await closeDatabases();
});

describe("GM-1: PostgreSQL keeps what was written", () => {
  it("every table of care keeps its versions by a trigger, and no serving role may delete from it", async () => {
    const { rows } = await admin.query<{ name: string; keeps: boolean; deletes: string[]; changes: boolean }>(`
      select c.relname as name,
        exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
          where t.tgrelid = c.oid and p.proname = 'keep_version' and t.tgenabled = 'O') as keeps,
        array(select r.rolname::text from pg_roles r where r.rolname like 'chevet\\_%'
          and r.rolname not in ('chevet_owner', 'chevet_mover') and has_table_privilege(r.oid, c.oid, 'DELETE')) as deletes,
        has_any_column_privilege('chevet_staff', c.oid, 'UPDATE') as changes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'clinic' and c.relkind = 'r' and c.relname <> 'record_version' and exists (
        select from pg_policy p where p.polrelid = c.oid and pg_get_expr(p.polqual, p.polrelid) like '%app.clinical%')
      order by c.relname`);
    const names = rows.map(({ name }) => name);
    for (const known of ["allergy_intolerance", "condition", "history_entry", "immunization", "observation"])
      expect(names).toContain(known);
    expect(rows.filter(({ deletes }) => deletes.length > 0).map(({ name, deletes }) => `${name}: ${deletes}`)).toEqual(
      [],
    );
    // What keeps none is on the page of exceptions, each with its reason: a draft is no record yet.
    const unkept = rows.filter(({ keeps, changes }) => changes && !keeps).map(({ name }) => `clinic.${name}`);
    expect(unkept.filter((name) => !(name in unversioned))).toEqual([]);
  });

  it("an update that skips a version, or says none, is refused by the database itself", async () => {
    const { caller, patientId, doctor, clinic } = record;
    const id = newId();
    await caller.condition.add({ id, patientId, label: "Goutte" });
    const write = (version: number) =>
      withStaff(doctor.ctx, (db) =>
        db.condition.updateMany({ where: { clinicId: clinic.id, id }, data: { label: "Autre", version } }),
      );
    await expect(write(1)).rejects.toMatchObject({ key: "stale" });
    await expect(write(3)).rejects.toMatchObject({ key: "stale" });
    await expect(
      withStaff(doctor.ctx, (db) => db.condition.deleteMany({ where: { clinicId: clinic.id, id } })),
    ).rejects.toThrow();
  });

  it("a change leaves what was there before, with who replaced it", async () => {
    const { caller, patientId } = record;
    const id = newId();
    await caller.condition.add({ id, patientId, label: "Diabète", onset: "2017" });
    await caller.condition.change({ id, version: 1, label: "Diabète de type 2", onset: "2017-03" });
    await caller.recordEntry.markInError({ kind: "condition", id, version: 2, reason: "Un autre patient" });
    const versions = await caller.recordEntry.versions({ kind: "condition", id });
    expect(versions.map(({ version, content }) => [version, content.label, content.onset, content.status])).toEqual([
      [2, "Diabète de type 2", "2017-03", "active"],
      [1, "Diabète", "2017", "active"],
    ]);
    expect(versions[0]?.replacedBy).toContain("Membre");
    expect((await caller.summary.read({ patientId })).conditions.map(({ label }) => label)).not.toContain(
      "Diabète de type 2",
    );
  });

  it("what is in error stays in error, and keeps its reason and its author", async () => {
    const { caller, patientId, doctor, clinic } = record;
    const [id = ""] = await measure(record, [["heart-rate", "172"]]);
    await caller.recordEntry.markInError({ kind: "observation", id, version: 1, reason: "Mal lu" });
    const change = { id, version: 2, at: new Date(), value: "72" };
    expect((await refusal(caller.observation.change(change))).key).toBe("stale");
    expect(
      (await refusal(caller.recordEntry.markInError({ kind: "observation", id, version: 2, reason: "Encore" }))).key,
    ).toBe("stale");
    const row = await withStaff(doctor.ctx, (db) => db.observation.findFirst({ where: { clinicId: clinic.id, id } }));
    expect(row).toMatchObject({ status: "entered-in-error", errorReason: "Mal lu", errorBy: doctor.userId, patientId });
  });

  it("the two numbers of a pressure go together", async () => {
    const { caller, patientId } = await makeRecord();
    const made = { caller, patientId } as TestRecord;
    const [systolic = ""] = await measure(made, [
      ["bp-systolic", "180"],
      ["bp-diastolic", "90"],
      ["heart-rate", "70"],
    ]);
    await caller.recordEntry.markInError({
      kind: "observation",
      id: systolic,
      version: 1,
      reason: "Brassard trop petit",
    });
    expect((await caller.summary.read({ patientId })).values.map(({ code }) => code)).toEqual(["heart-rate"]);
  });
});

describe("GM-6: two people change the same thing", () => {
  it("a problem: the second is told what the first wrote, and nothing of it is lost", async () => {
    const { caller, patientId } = record;
    const id = newId();
    await caller.condition.add({ id, patientId, label: "Arthrose" });
    const change = (label: string) => caller.condition.change({ id, version: 1, label });
    const results = await Promise.allSettled([change("Gonarthrose droite"), change("Gonarthrose gauche")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const told = await refusal(change("Coxarthrose"));
    expect(told).toMatchObject({
      key: "stale",
      details: { current: { version: 2, label: expect.stringContaining("Gonarthrose") } },
    });
    expect(told.details.changedBy).toContain("Membre");
  });

  it("an allergy, a vaccine, an entry of history and a measure alike", async () => {
    const { caller, patientId } = record;
    const ids = { allergy: newId(), vaccine: newId(), history: newId() };
    await caller.allergy.add({ id: ids.allergy, patientId, substance: "Latex" });
    await caller.immunization.add({ id: ids.vaccine, patientId, vaccine: "Zona", occurred: "2024" });
    await caller.history.add({ id: ids.history, patientId, kind: "personal", label: "Appendicectomie" });
    const [pulse = ""] = await measure(record, [["heart-rate", "72"]]);
    const twice = [
      () => caller.allergy.change({ id: ids.allergy, version: 1, substance: "Latex", severity: "severe" }),
      () => caller.immunization.change({ id: ids.vaccine, version: 1, vaccine: "Zona", occurred: "2024-05" }),
      () =>
        caller.history.change({
          id: ids.history,
          version: 1,
          kind: "personal",
          label: "Appendicectomie",
          occurred: "1988",
        }),
      () => caller.observation.change({ id: pulse, version: 1, at: new Date(), value: "74" }),
    ];
    for (const change of twice) {
      await change();
      expect(await refusal(change())).toMatchObject({ key: "stale", details: { current: { version: 2 } } });
    }
  });

  it("the order of problems: whoever saw an older list is refused", async () => {
    const { caller, patientId } = await makeRecord();
    const [first, second] = [newId(), newId()];
    await caller.condition.add({ id: first, patientId, label: "HTA" });
    await caller.condition.add({ id: second, patientId, label: "Asthme" });
    const order = [second, first].map((id) => ({ id, version: 1 }));
    await caller.condition.order({ patientId, order });
    const labels = async () => (await caller.summary.read({ patientId })).conditions.map(({ label }) => label);
    expect(await labels()).toEqual(["Asthme", "HTA"]);
    expect((await refusal(caller.condition.order({ patientId, order: [...order].reverse() }))).key).toBe("stale");
    expect(await labels()).toEqual(["Asthme", "HTA"]);
  });

  it("pressed twice, it is written once", async () => {
    const { caller, patientId } = await makeRecord();
    const problem = { id: newId(), patientId, label: "Goutte" };
    await Promise.allSettled([caller.condition.add(problem), caller.condition.add(problem)]);
    const values = [{ id: newId(), code: "heart-rate", value: "72" }];
    const taken = { patientId, panelId: newId(), at: new Date(), values };
    await caller.observation.record(taken);
    await caller.observation.record(taken);
    const summary = await caller.summary.read({ patientId });
    expect(summary.conditions.length).toBe(1);
    expect(summary.values.map(({ line }) => line.length)).toEqual([1]);
  });
});
