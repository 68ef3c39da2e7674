import type { Role } from "#server/access/permissions.ts";
import type { Db } from "#server/db/database.ts";

/** A member as every verb answers it. */
export interface MemberRecord {
  readonly id: string;
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: Role;
  readonly privacyOfficer: boolean;
  /** null: every location of the clinic. */
  readonly locationIds: readonly string[] | null;
  readonly supervisorId: string | null;
  readonly status: "active" | "inactive";
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly lastUpdated: Date;
  readonly version: number;
}

export const memberSelect = {
  id: true,
  userId: true,
  displayName: true,
  email: true,
  role: true,
  privacyOfficer: true,
  locationIds: true,
  supervisorId: true,
  status: true,
  createdAt: true,
  endedAt: true,
  lastUpdated: true,
  version: true,
} as const;

type Row = Omit<MemberRecord, "role" | "status" | "locationIds"> & {
  role: string;
  status: string;
  locationIds: string[];
};

/** Prisma reads a list that is null as an empty one, which the table does not allow: so empty is null. */
export function toMember(row: Row): MemberRecord {
  return {
    ...row,
    role: row.role as Role,
    status: row.status as MemberRecord["status"],
    locationIds: row.locationIds.length === 0 ? null : row.locationIds,
  };
}

/** One member of the clinic, null when there is none under this id. */
export async function readMember(db: Db, clinicId: string, id: string): Promise<MemberRecord | null> {
  const row = await db.membership.findFirst({ where: { clinicId, id }, select: memberSelect });
  return row && toMember(row);
}
