import type { Permission } from "#server/access/permissions.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type OnboardingStep, onboardingSteps } from "./settings-schema.ts";

export interface OnboardingItem {
  readonly step: OnboardingStep;
  readonly done: boolean;
}

/** Steps that only those who hold the permission can take; the others are everyone's own. */
const needs: Partial<Record<OnboardingStep, Permission>> = {
  address: "location:manage",
  logo: "clinic:manage",
  practitioner: "practitioner:manage",
  services: "schedule:manage",
  hours: "schedule:manage",
  page: "page:manage",
  colleague: "member:invite",
  policy: "clinic:security",
};

/** What is left to prepare, for this person: read from what is there, never from a box that was ticked. */
export async function readOnboarding(ctx: ClinicContext): Promise<OnboardingItem[]> {
  requirePermission(ctx, "clinic:read");
  const clinicId = ctx.clinic.id;
  const own = await withAuth({ userId: ctx.user.id }, ctx, (db) =>
    db.passkey.findFirst({ where: { userId: ctx.user.id, revokedAt: null }, select: { id: true } }),
  );
  const { dismissed, ...clinic } = await withStaff(ctx, (db) => readClinicSteps(db, clinicId, ctx.user.id));
  const done: Record<OnboardingStep, boolean> = {
    ...clinic,
    secondFactor: ctx.user.hasSecondFactor || ctx.session.secondFactorAt !== null,
    passkey: own !== null,
    policy: ctx.clinic.requireSecondFactor,
  };
  return onboardingSteps
    .filter((step) => !dismissed.includes(step) && mayTake(ctx, step))
    .map((step) => ({ step, done: done[step] }));
}

function mayTake(ctx: ClinicContext, step: OnboardingStep): boolean {
  const permission = needs[step];
  return !permission || ctx.membership.permissions.has(permission);
}

async function readClinicSteps(db: Db, clinicId: string, userId: string) {
  const [row] = await db.$queryRaw<
    {
      dismissed: string[];
      logo: boolean;
      address: boolean;
      practitioner: boolean;
      services: boolean;
      hours: boolean;
      page: boolean;
      colleague: boolean;
      journal: boolean;
    }[]
  >`
    select c.onboarding_dismissed as dismissed, c.logo_file_id is not null as logo,
      exists (select from clinic.location l where l.clinic_id = c.clinic_id and l.address_line <> '') as address,
      exists (select from clinic.practitioner p where p.clinic_id = c.clinic_id) as practitioner,
      exists (select from clinic.healthcare_service h where h.clinic_id = c.clinic_id and h.status = 'active') as services,
      exists (select from clinic.schedule_rule r where r.clinic_id = c.clinic_id and r.status = 'active' and r.resource_id is not null) as hours,
      exists (select from clinic.public_page w where w.clinic_id = c.clinic_id and w.published_at is not null) as page,
      exists (select from identity.membership m where m.clinic_id = c.clinic_id and m.user_id <> ${userId}::uuid)
        or exists (select from identity.invitation i where i.clinic_id = c.clinic_id and i.revoked_at is null) as colleague,
      exists (select from clinic.audit_event e where e.clinic_id = c.clinic_id and e.agent_id = ${userId}::uuid
        and e.event in ('journal.read', 'journal.read-own')) as journal
    from clinic.clinic c where c.clinic_id = ${clinicId}::uuid`;
  const nothing = { logo: false, address: false, practitioner: false, services: false, hours: false, page: false };
  return row ?? { ...nothing, dismissed: [], colleague: false, journal: false };
}
