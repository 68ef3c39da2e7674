import type { Db } from "#server/db/database.ts";

/** A clinic's provider as its administrators see it: the secret is never read back. */
export interface ProviderRecord {
  readonly label: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly enabled: boolean;
  readonly version: number;
  readonly lastUpdated: Date;
}

export async function findProvider(db: Db, clinicId: string): Promise<ProviderRecord | null> {
  const row = await db.oidcProvider.findFirst({
    where: { clinicId },
    select: {
      label: true,
      issuer: true,
      clientId: true,
      sealedClientSecret: true,
      enabled: true,
      version: true,
      lastUpdated: true,
    },
  });
  if (!row) return null;
  const { sealedClientSecret, ...known } = row;
  return { ...known, hasSecret: sealedClientSecret !== null };
}
