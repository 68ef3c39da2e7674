import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { type LegalRegime, type ProfessionCode, regimeOf, retentionOf, retentionRules } from "./professions.ts";

export interface ClinicLaw {
  readonly legalRegime: LegalRegime;
  readonly retentionYears: number;
  /** What the clinic itself relies on; '' while it has said nothing. */
  readonly retentionSource: string;
  readonly version: number;
  readonly lastUpdated: Date;
  /** What the professions imply by themselves. */
  readonly implied: { readonly regime: LegalRegime; readonly years: number; readonly source: string | null };
  /** Each profession's own term; a null source is still to be confirmed with the order. */
  readonly rules: readonly {
    readonly profession: ProfessionCode;
    readonly years: number;
    readonly source: string | null;
  }[];
}

/** Which law the clinic works under and how long it keeps records, beside what its professions imply (AC-01, AC-47). */
export async function readLaw(ctx: ClinicContext): Promise<ClinicLaw> {
  requirePermission(ctx, "privacy:manage");
  const row = await withStaff(ctx, (db) => readLawRow(db, ctx.clinic.id));
  if (!row) throw notFound();
  const { professions, ...law } = row;
  const codes = professions as ProfessionCode[];
  return { ...law, implied: { regime: regimeOf(codes), ...retentionOf(codes) }, rules: retentionRules(codes) };
}

/** In the caller's transaction; null when there is none. */
export async function readLawRow(db: Db, clinicId: string) {
  const row = await db.clinic.findFirst({
    where: { clinicId },
    select: {
      legalRegime: true,
      retentionYears: true,
      retentionSource: true,
      professions: true,
      version: true,
      lastUpdated: true,
    },
  });
  return row && { ...row, legalRegime: row.legalRegime as LegalRegime };
}
