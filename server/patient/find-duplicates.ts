import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readPhone } from "#server/phone.ts";
import { groundOf } from "./ground.ts";
import { type LikeRecord, likeRecords } from "./like-records.ts";
import { parseNam } from "./nam.ts";
import type { FindDuplicatesInput } from "./schema.ts";
import { hashNam } from "./seal-nam.ts";
import { todayIn } from "./today.ts";

/** Who may already be registered, for the form that is being filled in. It warns and never blocks. */
export async function findDuplicates(ctx: ClinicContext, input: FindDuplicatesInput): Promise<LikeRecord[]> {
  requirePermission(ctx, "patient:search");
  const nam = parseNam(input.nam ?? "", todayIn(ctx.clinic.timeZone));
  const namHash = typeof nam === "string" ? null : hashNam(await openClinicKey(ctx.clinic.id), nam.value);
  return withStaff(ctx, async (db) => {
    const found = await likeRecords(db, ctx.clinic.id, {
      ...input,
      namHash,
      phones: input.phones.flatMap(wholeNumber),
    });
    if (found.length === 0) return found;
    await recordAudit(db, ctx, {
      event: "patient.searched",
      action: "R",
      entity: "Patient",
      entityIds: found.map(({ id }) => id),
      ground: groundOf(ctx),
      detail: { by: ["likeness"] },
    });
    return found;
  });
}

/** A number that is still being typed is nobody's. */
function wholeNumber(text: string): string[] {
  try {
    return [readPhone(text, "phone").split(";")[0] ?? ""].filter(Boolean);
  } catch {
    return [];
  }
}
