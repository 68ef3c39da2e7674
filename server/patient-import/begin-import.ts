import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { tidyLine } from "#server/schema.ts";
import { putFile } from "#server/storage/put-file.ts";
import { dateOf, proposeDateOrder } from "./propose-date-order.ts";
import { proposeMapping } from "./propose-mapping.ts";
import { readTable } from "./read-table.ts";
import { mostBytes } from "./schema.ts";

/**
 * Takes a register as another program wrote it: read once so that what is no table is refused at once, then sealed and kept whole.
 * Nobody is registered yet.
 * @throws Invalid `import.empty`, `import.tooLong`, `import.tooWide`, `import.damaged`, `file.tooLarge`
 */
export async function beginImport(ctx: ClinicContext, name: string, content: Uint8Array): Promise<{ id: string }> {
  requirePermission(ctx, "patient:import");
  const { header, lines, encoding, delimiter } = readTable(content);
  const mapping = proposeMapping(header);
  const { birthDate } = mapping;
  const dates = birthDate === undefined ? [] : lines.map((cells) => dateOf(cells[birthDate] ?? ""));
  const { sha256, ...file } = await putFile(ctx, { id: newId(), content, maxBytes: mostBytes });
  const clinicId = ctx.clinic.id;
  const id = newId();
  await withStaff(ctx, async (db) => {
    await db.storedFile.createMany({
      data: {
        clinicId,
        id: file.id,
        purpose: "patient-import",
        mediaType: "text/csv",
        sizeBytes: file.sizeBytes,
        objectKey: file.objectKey,
        sha256,
        authorId: ctx.user.id,
      },
    });
    await db.patientImport.createMany({
      data: {
        clinicId,
        id,
        authorId: ctx.user.id,
        fileId: file.id,
        name: tidyLine(name).slice(0, 200) || "patients.csv",
        sourceSystem: "csv",
        encoding,
        delimiter,
        mapping,
        dateOrder: proposeDateOrder(dates),
        lineCount: lines.length,
      },
    });
    await recordAudit(db, ctx, {
      event: "patient-import.begun",
      action: "C",
      entity: "PatientImport",
      entityIds: [id],
      detail: { lines: String(lines.length) },
    });
  });
  return { id };
}
