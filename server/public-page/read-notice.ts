import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { type Notice, noticeIn } from "./notice.ts";

/** Today's notice, with the clinic that collects and who answers for it there (AC-11). @throws NotFound when the clinic shows no page */
export async function readNotice(ctx: VisitorContext): Promise<Notice & { clinicName: string }> {
  const clinicId = ctx.clinic.id;
  const clinic = await withVisitor(ctx, (db) =>
    db.clinic.findFirstOrThrow({ where: { clinicId }, select: { name: true } }),
  );
  return { ...noticeIn(ctx.locale), clinicName: clinic.name };
}
