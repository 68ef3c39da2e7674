import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";

/** Nobody calls two phrases by one word; the clinic's word may be taken over by one's own. @throws Invalid beside `code` */
export async function checkCode(
  db: Db,
  clinicId: string,
  { id, code, ownerId }: { id: string; code: string; ownerId: string | null },
): Promise<void> {
  const taken = await db.phrase.findFirst({
    where: { clinicId, code, ownerId, status: "active", id: { not: id } },
    select: { id: true },
  });
  if (taken) throw invalid("phrase.taken", { code: "phrase.taken" });
}
