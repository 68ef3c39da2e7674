import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import { getFile } from "#server/storage/get-file.ts";
import { type ReadTable, readTable, type TableForm } from "./read-table.ts";

/** The file of an import, opened and read. @throws NotFound */
export async function openImportFile(
  db: Db,
  clinicId: string,
  { fileId, encoding, delimiter }: { readonly fileId: string; readonly encoding: string; readonly delimiter: string },
): Promise<ReadTable> {
  const file = await db.storedFile.findFirst({
    where: { clinicId, id: fileId, purpose: "patient-import" },
    select: { id: true, objectKey: true },
  });
  if (!file) throw notFound();
  const parts: Buffer[] = [];
  for await (const part of await getFile({ clinic: { id: clinicId } }, file)) parts.push(part as Buffer);
  return readTable(Buffer.concat(parts), { encoding, delimiter } as TableForm);
}
