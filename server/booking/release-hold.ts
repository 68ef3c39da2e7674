import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { needToken } from "./need-token.ts";

/** A page cannot tell a reload from a departure: what it may come back for stays its own this long (seconds). */
const returnSeconds = 45;

/**
 * Gives back what this browser holds, as it leaves; said twice, or of nothing, it is no fault.
 * @param mayReturn the page keeps its form: the hold is cut short instead of ended
 */
export async function releaseHold(
  ctx: VisitorContext,
  { mayReturn }: { mayReturn: boolean },
): Promise<{ released: boolean }> {
  const token = needToken(ctx);
  const clinicId = ctx.clinic.id;
  return withVisitor(ctx, async (db) => {
    const held = await db.sitting.findFirst({
      where: { clinicId, holdHash: token, status: "held" },
      select: { id: true },
    });
    if (!held) return { released: false };
    if (mayReturn) {
      const count = await db.$executeRaw`
        update clinic.sitting set hold_expires_at = least(hold_expires_at, now() + make_interval(secs => ${returnSeconds}::int)), version = version + 1
        where clinic_id = ${clinicId}::uuid and id = ${held.id}::uuid and status = 'held'`;
      return { released: count === 1 };
    }
    await db.$executeRaw`delete from clinic.occupancy where clinic_id = ${clinicId}::uuid and sitting_id = ${held.id}::uuid`;
    const count =
      await db.$executeRaw`delete from clinic.sitting where clinic_id = ${clinicId}::uuid and id = ${held.id}::uuid and status = 'held'`;
    return { released: count === 1 };
  });
}
