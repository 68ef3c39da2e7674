import { afterAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import { refusal } from "#tests/factories/caller.ts";
import { opens } from "#tests/factories/ground.ts";
import { mergeNow } from "#tests/factories/merge.ts";
import { makeRecord } from "#tests/factories/record.ts";

afterAll(closeDatabases);

const twice = (id: string) => ({ fields: { substance: "allergy.already" }, details: { id } });

describe("an allergy is active once", () => {
  it("by its words without accents and capitals, or by its code; ended or refuted, it may be written again", async () => {
    const { caller, patientId } = await makeRecord();
    const add = (substance: string, more = {}) => caller.allergy.add({ id: newId(), patientId, substance, ...more });
    const { id } = await add("Pénicilline", { reaction: "urticaire" });
    expect(await refusal(add("PENICILLINE"))).toMatchObject(twice(id));
    expect(await refusal(add("penicilline", { kind: "intolerance" }))).toMatchObject(twice(id));
    const coded = { codeSystem: "chevet", code: "iodine" };
    const { id: iodine } = await add("Iode", coded);
    expect(await refusal(add("Iodine", coded))).toMatchObject(twice(iodine));
    await add("Pénicilline G");
    const other = await add("Pénicilline", { status: "resolved" });
    const again = caller.allergy.change({ id: other.id, version: 1, substance: "Pénicilline", status: "active" });
    expect(await refusal(again)).toMatchObject(twice(id));
    await caller.allergy.change({ id, version: 1, substance: "Pénicilline", reaction: "choc" });
    await caller.allergy.change({ id, version: 2, substance: "Pénicilline", certainty: "refuted" });
    await add("Pénicilline");
  });

  it("of two people who write it at once, one does", async () => {
    const { caller, patientId } = await makeRecord();
    const both = await Promise.allSettled(
      ["Iode", "iode"].map((substance) => caller.allergy.add({ id: newId(), patientId, substance })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("sent twice at once with one id, it is written once, and both are told so", async () => {
    const { caller, patientId } = await makeRecord();
    const id = newId();
    const add = () => caller.allergy.add({ id, patientId, substance: "Iode" });
    expect(await Promise.all([add(), add(), add()])).toEqual([{ id }, { id }, { id }]);
    expect((await caller.summary.read({ patientId })).allergies).toHaveLength(1);
  });

  it("two records that both have it become one, and each of the two is still completed", async () => {
    const { clinic, doctor, caller, patientId } = await makeRecord();
    const { ctx } = clinic.owner;
    const merged = await makePatient(ctx, { birthDate: "1958-03-14" });
    await opens(doctor, merged.id);
    await caller.allergy.add({ id: newId(), patientId, substance: "Pénicilline" });
    const { id } = await caller.allergy.add({ id: newId(), patientId: merged.id, substance: "penicilline" });
    const survivor = await readPatient(ctx, { id: patientId });
    await mergeNow(clinic, {
      id: newId(),
      survivorId: patientId,
      survivorVersion: survivor.version,
      mergedId: merged.id,
      mergedVersion: merged.version,
      reason: "Inscrit deux fois",
    });
    const { allergies } = await caller.summary.read({ patientId });
    expect(allergies.filter(({ status }) => status === "active")).toHaveLength(2);
    const version = allergies.find((one) => one.id === id)?.version ?? 0;
    await caller.allergy.change({ id, version, substance: "penicilline", reaction: "urticaire" });
    await caller.allergy.change({ id, version: version + 1, substance: "penicilline", status: "resolved" });
  });
});

it("a problem may come again", async () => {
  const { caller, patientId } = await makeRecord();
  for (let nth = 0; nth < 2; nth += 1) await caller.condition.add({ id: newId(), patientId, label: "Pneumonie" });
  expect((await caller.summary.read({ patientId })).conditions).toHaveLength(2);
});
