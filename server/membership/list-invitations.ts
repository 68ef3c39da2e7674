import type { Role } from "#server/access/permissions.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";

export interface OpenInvitation {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly expired: boolean;
  readonly version: number;
}

/** Invitations that nobody has accepted or taken back, newest first, one page at a time. */
export async function listInvitations(
  ctx: ClinicContext,
  input: { after?: string | undefined; most: number },
): Promise<{ invitations: OpenInvitation[]; next: string | null }> {
  const { after, most } = input;
  const rows = await withStaff(ctx, (db) =>
    db.invitation.findMany({
      where: { clinicId: ctx.clinic.id, acceptedAt: null, revokedAt: null, ...(after && { id: { lt: after } }) },
      orderBy: { id: "desc" },
      take: most + 1,
      select: {
        id: true,
        email: true,
        displayName: true,
        role: true,
        createdAt: true,
        expiresAt: true,
        version: true,
      },
    }),
  );
  const shown = rows.slice(0, most);
  const now = Date.now();
  return {
    invitations: shown.map((row) => ({ ...row, role: row.role as Role, expired: row.expiresAt.getTime() <= now })),
    next: rows.length > most ? (shown.at(-1)?.id ?? null) : null,
  };
}
