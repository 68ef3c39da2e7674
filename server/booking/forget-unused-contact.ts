import type { SystemContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";

/** Forgets an address that was typed for a visit which nobody booked: twice is once. Long gone, when it was booked. */
export async function forgetUnusedContact(ctx: SystemContext, { checkId: id }: { checkId: string }): Promise<void> {
  await withStaff(ctx, (db) => db.contactCheck.deleteMany({ where: { clinicId: ctx.clinicId ?? "", id } }));
}
