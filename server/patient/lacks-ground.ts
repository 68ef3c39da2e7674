import type { Db } from "#server/db/database.ts";

/**
 * Whether the person of this transaction gives care and has no ground to open this chart (server/chart/README.md): for what is shown without its
 * words. What is not shown at all without one asks by `clinic.grounded`, which refuses. Of nobody, and to the front desk, never.
 */
export async function lacksGround(db: Db, patientId: string | null): Promise<boolean> {
  const [row] = await db.$queryRaw<{ lacks: boolean }[]>`select clinic.lacks_ground(${patientId}::uuid) as lacks`;
  return row?.lacks ?? true;
}
