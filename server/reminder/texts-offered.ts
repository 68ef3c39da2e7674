import type { Db } from "#server/db/database.ts";
import { env } from "#server/env.ts";

/** Whether a clinic's text messages can leave: the host has a carrier, and the clinic has switched it on (AC-05). */
export async function textsOffered(db: Db, clinicId: string): Promise<boolean> {
  if (env().SMS_DRIVER === "none") return false;
  const row = await db.integration.findFirst({ where: { clinicId, code: "sms", enabled: true }, select: { id: true } });
  return row !== null;
}
