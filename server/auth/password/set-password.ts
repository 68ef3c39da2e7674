import type { Db } from "#server/db/database.ts";

/** Writes a new hash, and closes the person's sessions but the one that asks (or all of them). Links sent earlier stop working. */
export async function setPassword(
  db: Db,
  { userId, passwordHash, keepSessionId }: { userId: string; passwordHash: string; keepSessionId?: string },
): Promise<void> {
  const now = new Date();
  await db.user.updateMany({
    where: { id: userId },
    data: { passwordHash, passwordChangedAt: now, lastUpdated: now, version: { increment: 1 } },
  });
  await db.session.updateMany({
    where: { userId, revokedAt: null, ...(keepSessionId ? { id: { not: keepSessionId } } : {}) },
    data: { revokedAt: now },
  });
  await db.oneTimeSecret.updateMany({
    where: { userId, purpose: { in: ["password_reset", "second_factor"] }, usedAt: null },
    data: { usedAt: now },
  });
}
