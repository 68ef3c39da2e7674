import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { showPhone } from "#server/phone.ts";

const clinicSelect = {
  name: true,
  neutralName: true,
  professions: true,
  legalRegime: true,
  retentionYears: true,
  region: true,
  timeZone: true,
  defaultLocale: true,
  phone: true,
  email: true,
  privacyOfficerName: true,
  privacyOfficerTitle: true,
  privacyOfficerEmail: true,
  privacyOfficerPhone: true,
  logoFileId: true,
  version: true,
  lastUpdated: true,
} as const;

export type ClinicCard = NonNullable<Awaited<ReturnType<typeof readCard>>>;

/** The clinic's card, phones as people write them; null when there is none. */
export async function readCard(db: Db, clinicId: string) {
  const row = await db.clinic.findFirst({ where: { clinicId }, select: clinicSelect });
  if (!row) return null;
  return {
    ...row,
    neutralName: row.neutralName ?? "",
    phone: showPhone(row.phone),
    privacyOfficerPhone: showPhone(row.privacyOfficerPhone),
  };
}

export type ClinicSecurity = NonNullable<Awaited<ReturnType<typeof readSecurity>>>;

/** How people sign in here; null when there is no such clinic. */
export function readSecurity(db: Db, clinicId: string) {
  const select = { requireSecondFactor: true, idleMinutes: true, version: true, lastUpdated: true } as const;
  return db.clinicPolicy.findFirst({ where: { clinicId }, select });
}

export interface ClinicSettings {
  readonly card: ClinicCard;
  readonly security: ClinicSecurity;
}

export function readClinic(ctx: ClinicContext): Promise<ClinicSettings> {
  requirePermission(ctx, "clinic:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const card = await readCard(db, clinicId);
    const security = await readSecurity(db, clinicId);
    if (!card || !security) throw notFound();
    return { card, security };
  });
}
