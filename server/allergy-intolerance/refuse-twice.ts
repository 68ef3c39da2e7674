import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";
import { isSameEntry } from "#server/record-entry/same-entry.ts";
import type { AllergyCard } from "./schema.ts";

/**
 * One substance is active once: it is completed, not written beside itself. To be called while the patient's row is held (`alone`), so
 * that of two people who write it at once the second is refused.
 * @param id the allergy that is being written, which is not its own double
 * @throws Invalid `allergy.already`, with `details.id` of the one that stands
 */
export async function refuseTwice(
  db: Db,
  { clinicId, patientId, id }: { clinicId: string; patientId: string; id: string },
  card: Pick<AllergyCard, "codeSystem" | "code" | "substance">,
): Promise<void> {
  const active = await db.allergyIntolerance.findMany({
    where: { clinicId, patientId, id: { not: id }, status: "active", certainty: { not: "refuted" } },
    select: { id: true, codeSystem: true, code: true, substance: true },
  });
  const named = { ...card, words: [card.substance] };
  const same = active.find(({ substance, ...one }) => isSameEntry(named, { ...one, words: [substance] }));
  if (same) throw invalid("invalid", { substance: "allergy.already" }, { id: same.id });
}
