import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import type { Db } from "#server/db/database.ts";
import type { FaxService } from "#server/fax/fax-driver.ts";
import { faxSecretPlace } from "#server/integration/fax-account/record.ts";

/** Whether the clinic's own fax service sends: switched on, and written down. Otherwise faxes are printed and sent by hand. */
export async function faxServiceOn(db: Db, clinicId: string): Promise<boolean> {
  const isOn = await db.integration.findFirst({
    where: { clinicId, code: "fax", enabled: true },
    select: { id: true },
  });
  if (!isOn) return false;
  return (await db.faxAccount.findFirst({ where: { clinicId }, select: { clinicId: true } })) !== null;
}

/** The account with its secret opened; null where the service was switched off meanwhile. */
export async function openFaxService(
  db: Db,
  key: ClinicKey,
): Promise<(FaxService & { readonly sender: string }) | null> {
  const clinicId = key.id;
  if (!(await faxServiceOn(db, clinicId))) return null;
  const row = await db.faxAccount.findFirst({ where: { clinicId } });
  if (!row) return null;
  const secret = row.sealedSecret ? openText(key, faxSecretPlace(clinicId), row.sealedSecret) : "";
  return { apiUrl: row.apiUrl, account: row.account, secret, sender: row.sender };
}
