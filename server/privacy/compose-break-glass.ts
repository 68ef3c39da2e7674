import { withStaff } from "#server/db/with-staff.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";

/** Tells the person in charge of privacy that a restriction was passed, and where to read who, whom and why: never in the mail. */
export const composeBreakGlass: MailComposer<"break-glass"> = (ctx, { subject }) =>
  withStaff(ctx, async (db) => {
    const { clinicId } = ctx;
    if (!clinicId) return null;
    const glass = await db.breakGlass.findFirst({
      where: { clinicId, id: subject.breakGlassId },
      select: { createdAt: true },
    });
    const clinic = await db.clinic.findFirst({
      where: { clinicId },
      select: { name: true, privacyOfficerEmail: true },
    });
    const place = await db.clinicRegistration.findFirst({ where: { clinicId }, select: { slug: true } });
    if (!glass || !clinic || !place) return null;
    const path = `/clinic/${place.slug}/privacy`;
    return { to: clinic.privacyOfficerEmail, values: { clinicName: clinic.name, at: glass.createdAt, path } };
  });
