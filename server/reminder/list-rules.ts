import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type RuleRecord, readRules } from "./record.ts";
import { textsOffered } from "./texts-offered.ts";

export interface RuleList {
  /** Empty: the default rule holds, a mail two days before. */
  readonly rules: readonly RuleRecord[];
  readonly services: readonly { readonly id: string; readonly name: string }[];
  /** Minutes since midnight; equal: none. */
  readonly quiet: { readonly from: number; readonly until: number };
  /** Whether text messages can leave: without a carrier or the clinic's own switch, nothing of them is shown. */
  readonly texts: boolean;
}

/** When the clinic reminds, and what a rule may choose among. */
export async function listRules(ctx: ClinicContext): Promise<RuleList> {
  requirePermission(ctx, "reminder:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rules = await readRules(db, clinicId);
    const services = await db.healthcareService.findMany({
      where: { clinicId, status: "active" },
      orderBy: [{ rank: "asc" }, { name: "asc" }],
      select: { id: true, name: true },
      take: 200,
    });
    const policy = await db.bookingPolicy.findFirst({
      where: { clinicId },
      select: { quietFromMinute: true, quietUntilMinute: true },
    });
    return {
      rules,
      services,
      quiet: { from: policy?.quietFromMinute ?? 1260, until: policy?.quietUntilMinute ?? 480 },
      texts: await textsOffered(db, clinicId),
    };
  });
}
