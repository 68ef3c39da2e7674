import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { needToken } from "./need-token.ts";

/** Gives back what this browser holds, as it leaves; said twice, or of nothing, it is no fault. */
export async function releaseHold(ctx: VisitorContext): Promise<{ released: boolean }> {
  const token = needToken(ctx);
  const clinicId = ctx.clinic.id;
  return withVisitor(ctx, async (db) => {
    const held = await db.sitting.findFirst({
      where: { clinicId, holdHash: token, status: "held" },
      select: { id: true },
    });
    if (!held) return { released: false };
    await db.$executeRaw`delete from clinic.occupancy where clinic_id = ${clinicId}::uuid and sitting_id = ${held.id}::uuid`;
    const count =
      await db.$executeRaw`delete from clinic.sitting where clinic_id = ${clinicId}::uuid and id = ${held.id}::uuid and status = 'held'`;
    return { released: count === 1 };
  });
}
