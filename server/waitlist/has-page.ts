import type { Db } from "#server/db/database.ts";

/** An offer's link leads to the clinic's own page: while none is published, nobody is written to. */
export async function hasPage(db: Db, clinicId: string): Promise<boolean> {
  const page = await db.publicPage.findFirst({
    where: { clinicId, publishedAt: { not: null } },
    select: { clinicId: true },
  });
  return page !== null;
}
