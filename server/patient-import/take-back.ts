import type { Work } from "./carry-import.ts";

/**
 * Records that an import opened and that nobody touched since are marked as opened by mistake, and may be imported again. One that was
 * changed, or that anything names beside the contacts it came with, stays.
 */
export const takeBack: Work = async (db, one, from, most) => {
  const { clinicId } = one;
  const lines = await db.patientImportLine.findMany({
    where: { clinicId, importId: one.id, outcome: "created", line: { gt: from, lte: from + most } },
  });
  const ids = lines.flatMap(({ recordId }) => recordId ?? []);
  if (ids.length === 0) return [];
  const named = await db.$queryRaw<{ id: string }[]>`
    select n.id from clinic.named_elsewhere(${clinicId}::uuid, ${ids}::uuid[]) as n (id)`;
  const used = new Set(named.map(({ id }) => id));
  const contacts = await db.patientContact.findMany({
    where: { clinicId, patientId: { in: ids } },
    select: { patientId: true, version: true, createdAt: true },
  });
  const patients = await db.patient.findMany({
    where: { clinicId, id: { in: ids } },
    select: { id: true, version: true, createdAt: true },
  });
  for (const { id, version, createdAt } of patients) {
    const line = lines.find(({ recordId }) => recordId === id);
    if (version !== line?.recordVersion) used.add(id);
    // What came with the record was written in its own transaction.
    const own = contacts.filter(({ patientId }) => patientId === id);
    if (own.some((one) => one.version > 1 || one.createdAt > createdAt)) used.add(id);
  }
  const free = ids.filter((id) => !used.has(id));
  await db.patient.updateMany({
    where: { clinicId, id: { in: free } },
    data: {
      status: "entered-in-error",
      statusReason: "Importation annulée",
      sourceSystem: null,
      sourceId: null,
      version: { increment: 1 },
    },
  });
  return lines.map(({ line, recordId, recordVersion }) => ({
    line,
    outcome: recordId && used.has(recordId) ? ("used" as const) : ("undone" as const),
    recordId,
    recordVersion,
  }));
};
