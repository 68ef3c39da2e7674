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
  // What came with the record was written in its own transaction, and is as it was.
  const touched = await db.$queryRaw<{ id: string }[]>`
    select distinct c.patient_id as id from clinic.patient_contact c join clinic.patient p on p.clinic_id = c.clinic_id and p.id = c.patient_id
    where c.clinic_id = ${clinicId}::uuid and c.patient_id = any (${ids}::uuid[]) and (c.version > 1 or c.change_txid <> p.change_txid)`;
  for (const { id } of touched) used.add(id);
  const patients = await db.patient.findMany({
    where: { clinicId, id: { in: ids } },
    select: { id: true, version: true },
  });
  for (const { id, version } of patients) {
    const line = lines.find(({ recordId }) => recordId === id);
    if (version !== line?.recordVersion) used.add(id);
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
