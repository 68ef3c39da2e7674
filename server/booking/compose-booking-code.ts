import { randomInt } from "node:crypto";
import { withStaff } from "#server/db/with-staff.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import { hashContactCode } from "./hash-contact-code.ts";

/** Makes the six digits as they are sent, and keeps their hash only. Asked for anew meanwhile, this one does not leave. */
export const composeBookingCode: MailComposer<"booking-code"> = async (ctx, { subject }) => {
  const clinicId = ctx.clinicId ?? "";
  const { checkId: id = "" } = subject;
  const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
  const codeHash = await hashContactCode(clinicId, id, code);
  return withStaff(ctx, async (db) => {
    const live = { clinicId, id, verifiedAt: null, expiresAt: { gt: new Date() } };
    const check = await db.contactCheck.findFirst({ where: live, select: { email: true, expiresAt: true } });
    const clinic = await db.clinic.findFirst({ where: { clinicId }, select: { name: true } });
    if (!check || !clinic) return null;
    await db.contactCheck.updateMany({ where: live, data: { codeHash } });
    const minutes = Math.max(1, Math.floor((check.expiresAt.getTime() - Date.now()) / 60_000));
    return { to: check.email, values: { clinicName: clinic.name, code, minutes } };
  });
};
