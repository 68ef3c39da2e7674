import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { usualPolicy } from "#server/schedule/policy/schema.ts";
import { type Notice, noticeIn } from "./notice.ts";

/** Today's notice, with the clinic that collects and who answers for it there (AC-11). @throws NotFound when the clinic shows no page */
export async function readNotice(ctx: VisitorContext): Promise<Notice & { clinicName: string }> {
  const clinicId = ctx.clinic.id;
  const [clinic, policy] = await withVisitor(ctx, async (db) => [
    await db.clinic.findFirstOrThrow({ where: { clinicId }, select: { name: true } }),
    await db.bookingPolicy.findFirst({ where: { clinicId }, select: { requestDays: true } }),
  ]);
  return { ...noticeIn(ctx.locale, policy?.requestDays ?? usualPolicy.requestDays), clinicName: clinic.name };
}
