import { orderOf, type ProfessionCode } from "#server/clinic/professions.ts";
import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";

interface Permit {
  readonly id: string;
  readonly profession: ProfessionCode;
  readonly permitNumber: string;
}

/**
 * The professional order that the profession belongs to (Code des professions, C-26). A permit number is one person's.
 * @throws Invalid beside `permitNumber`
 */
export async function checkPermit(db: Db, clinicId: string, { id, profession, permitNumber }: Permit): Promise<string> {
  const professionalOrder = orderOf(profession);
  if (!permitNumber) return professionalOrder;
  if (!professionalOrder) throw invalid("invalid", { permitNumber: "noOrder" });
  const other = await db.practitioner.findFirst({
    where: { clinicId, professionalOrder, permitNumber, id: { not: id } },
    select: { id: true },
  });
  if (other) throw invalid("invalid", { permitNumber: "permitTaken" });
  return professionalOrder;
}
