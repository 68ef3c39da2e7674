import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { checkImport, runImport, undoImport } from "#server/patient-import/ask-import.ts";
import { beginImport } from "#server/patient-import/begin-import.ts";
import { carryImport } from "#server/patient-import/carry-import.ts";
import { readImport } from "#server/patient-import/read-import.ts";
import { checkImportInput } from "#server/patient-import/schema.ts";
import type { TestClinic } from "./clinic.ts";

export const smallFile = "Nom;Prénom;Date de naissance;Sexe;Téléphone\nRoy;Ève;1980-02-03;F;418 555-0142\n";

/** Does what the worker owes this clinic of imports, until nothing is owed. @param most jobs, to stop in the middle */
export async function carryLines(clinic: Pick<TestClinic, "id">, most = 1000): Promise<number> {
  for (let count = 0; count < most; count += 1) {
    const [owed] = await withRelay(
      (db) => db.$queryRaw<{ id: string; payload: { importId: string } }[]>`
        select id, payload from queue.outbox where clinic_id = ${clinic.id}::uuid and job = 'import-lines' order by created_at, id limit 1`,
    );
    if (!owed) return count;
    const ctx = { requestId: newId(), job: "import-lines", jobId: owed.id, clinicId: clinic.id };
    await carryImport(ctx, owed.payload);
  }
  return most;
}

/** A file taken as the owner; its columns as they are proposed unless others are given. */
export async function takeFile(clinic: TestClinic, content: string | Uint8Array = smallFile) {
  const { ctx } = clinic.owner;
  const { id } = await beginImport(ctx, "patients.csv", typeof content === "string" ? Buffer.from(content) : content);
  return readImport(ctx, { id });
}

/** Checked, and every line read. */
export async function checkFile(clinic: TestClinic, content?: string | Uint8Array, more: object = {}) {
  const { id, version, mapping } = await takeFile(clinic, content);
  const input = checkImportInput.parse({ id, version, mapping, sourceSystem: "Ancien logiciel", ...more });
  await checkImport(clinic.owner.ctx, input);
  await carryLines(clinic);
  return readImport(clinic.owner.ctx, { id });
}

export async function runFile(clinic: TestClinic, { id, version }: { id: string; version: number }) {
  await runImport(clinic.owner.ctx, { id, version });
  await carryLines(clinic);
  return readImport(clinic.owner.ctx, { id });
}

export async function undoFile(clinic: TestClinic, { id, version }: { id: string; version: number }) {
  await undoImport(clinic.owner.ctx, { id, version });
  await carryLines(clinic);
  return readImport(clinic.owner.ctx, { id });
}
