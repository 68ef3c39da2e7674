import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { hashRecoveryCode } from "./recovery-code.ts";

/** Keeps the hashes of these codes, and forgets those before them. */
export async function replaceRecoveryCodes(
  db: Db,
  key: ClinicKey,
  userId: string,
  codes: readonly string[],
): Promise<void> {
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.recoveryCode.createMany({
    data: codes.map((code) => ({ id: newId(), userId, codeHash: hashRecoveryCode(key, userId, code) })),
  });
}
