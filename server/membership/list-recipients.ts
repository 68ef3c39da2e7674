import { matrix, permissionsOf, type Role } from "#server/access/permissions.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";

export interface RecipientView {
  /** `user:<id>`, `role:<role>`, `profession:<code>`. */
  readonly key: string;
  /** Of a person; "" for a role or a profession, which the screen names. */
  readonly name: string;
  /** May be given what is of care. */
  readonly readsChart: boolean;
}

const most = 500;

/** Whom something may be given to: active members by name, then the roles and the professions that some of them have. */
export async function listRecipients(ctx: ClinicContext): Promise<RecipientView[]> {
  requirePermission(ctx, "task:use");
  const members = await withStaff(ctx, (db) =>
    db.membership.findMany({
      where: { clinicId: ctx.clinic.id, status: "active" },
      orderBy: [{ displayName: "asc" }, { id: "asc" }],
      take: most,
      select: { userId: true, displayName: true, role: true, profession: true, privacyOfficer: true },
    }),
  );
  const held = members.map(({ userId, displayName, role, profession, privacyOfficer }) => ({
    key: `user:${userId}`,
    name: displayName,
    role: role as Role,
    profession,
    allowed: permissionsOf(role as Role, privacyOfficer, profession),
  }));
  const people = held
    .filter(({ allowed }) => allowed.has("task:use"))
    .map(({ key, name, allowed }) => ({ key, name, readsChart: allowed.has("chart:read") }));
  const ofRole = [...new Set(held.map(({ role }) => role))]
    .filter((role) => matrix[role].includes("task:use"))
    .map((role) => ({ key: `role:${role}`, name: "", readsChart: matrix[role].includes("chart:read") }));
  const ofProfession = [...new Set(held.map(({ profession }) => profession).filter(Boolean))]
    .sort()
    .map((code) => ({ key: `profession:${code}`, name: "", readsChart: true }));
  return [...people, ...ofRole, ...ofProfession];
}
