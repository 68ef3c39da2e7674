import type { Role } from "#server/access/permissions.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Restriction } from "#server/db/generated/client.ts";
import { toDay } from "#server/patient/check-dates.ts";
import type { InformationCategory } from "./schema.ts";

export interface RestrictionView {
  readonly id: string;
  readonly patientId: string;
  readonly category: InformationCategory;
  readonly userId: string | null;
  readonly role: Role | null;
  readonly reason: string;
  readonly signedOn: string;
  readonly signerName: string;
  readonly signerContact: string;
  /** Who told the signer of the risks. */
  readonly informedBy: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string;
  readonly version: number;
}

/** A restriction as a list shows it. */
export interface RestrictionLine extends RestrictionView {
  /** The member whom it names; null when it names a category of members, and for one whose name is gone. */
  readonly userName: string | null;
  /** Who registered it and told the signer of the risks. */
  readonly informedByName: string | null;
  /** Whom it names cannot lift it. */
  readonly namesReader: boolean;
}

/**
 * The same for a reader to whom the patient is closed: who signed is most often the patient, and the reason tells of them.
 * That there is a restriction, whom it names and since when remains.
 */
export function viewClosedRestriction(row: Restriction): RestrictionView {
  return viewRestriction({ ...row, reason: "", signerName: "", signerContact: "", endReason: "" });
}

/** @param names of the people whom `rows` name */
export function lineOf(
  { user, membership }: Pick<ClinicContext, "user" | "membership">,
  view: RestrictionView,
  names: ReadonlyMap<string, string>,
): RestrictionLine {
  return {
    ...view,
    userName: view.userId ? (names.get(view.userId) ?? null) : null,
    informedByName: view.informedBy ? (names.get(view.informedBy) ?? null) : null,
    namesReader: view.userId === user.id || view.role === membership.role,
  };
}

/** The people whom these restrictions name. */
export const peopleOf = (rows: readonly Restriction[]): string[] => [
  ...new Set(rows.flatMap(({ userId, informedBy }) => [userId, informedBy].filter((one) => one !== null))),
];

export function viewRestriction(row: Restriction): RestrictionView {
  return {
    id: row.id,
    patientId: row.patientId,
    category: row.category as InformationCategory,
    userId: row.userId,
    role: row.role as Role | null,
    reason: row.reason,
    signedOn: toDay(row.signedOn) ?? "",
    signerName: row.signerName,
    signerContact: row.signerContact,
    informedBy: row.informedBy,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    endReason: row.endReason,
    version: row.version,
  };
}
