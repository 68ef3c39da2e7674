import { migrateQueue } from "#server/queue/migrate-queue.ts";
import { migrateDatabase } from "./postgres/migrate-database.ts";
import { step } from "./steps.mjs";

/** Brings our tables, then the queue's, to what this release needs. Without the owner's address, somebody else does. */
export async function migrate(ownerUrl: string | undefined): Promise<void> {
  if (!ownerUrl) return;
  await step("Migrations", "Migrations", async () => {
    const applied = await migrateDatabase(ownerUrl);
    await migrateQueue(ownerUrl);
    return applied.length > 0 ? `${applied.length} appliquées · applied` : "à jour · up to date";
  });
}
