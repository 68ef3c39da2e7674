import { afterAll, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { unfileDocument } from "#server/document/unfile-document.ts";
import { refusal } from "#tests/factories/caller.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { makeRecord } from "#tests/factories/record.ts";

afterAll(closeDatabases);

it("a result leads to the report that it was read in, of the same chart, as long as that is in it", async () => {
  const { clinic, doctor, caller, patientId } = await makeRecord();
  const other = await makePatient(clinic.owner.ctx);
  await opens(doctor, other.id);
  const reportId = await sendFile(doctor, aLetter("Bilan"));
  const record = (of: string) => ({
    patientId: of,
    panelId: newId(),
    at: new Date(),
    reportId,
    values: [{ id: newId(), code: "potassium", value: "4,1" }],
  });
  const refused = { fields: { reportId: "observation.report" } };
  // It waits in the inbox: of nobody's chart yet.
  expect(await refusal(caller.observation.record(record(patientId)))).toMatchObject(refused);
  await fileDocument(doctor.ctx, { id: reportId, version: 1, patientId, ...card, documentType: "laboratory" });
  expect(await refusal(caller.observation.record(record(other.id)))).toMatchObject(refused);
  await caller.observation.record(record(patientId));
  const shown = async () => (await caller.summary.read({ patientId })).values[0];
  expect(await shown()).toMatchObject({ code: "potassium", reportId });
  await unfileDocument(doctor.ctx, { id: reportId, version: 2, reason: "Un autre patient" });
  expect(await shown()).toMatchObject({ code: "potassium", reportId: null });
});
