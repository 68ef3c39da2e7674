import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type PractitionerRecord, readPractitionerOf } from "./record.ts";

/** The practitioner that this member is here; null when they are none. */
export function readMyself(ctx: ClinicContext): Promise<PractitionerRecord | null> {
  return withStaff(ctx, (db) => readPractitionerOf(db, ctx.clinic.id, ctx.membership.id));
}
