import type { SystemContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";

/** The clinic is open: said to its owner, with what still waits. */
export const composeClinicWelcome: MailComposer<"clinic-welcome"> = async (ctx, { subject }) => {
  const told = await addressOf(ctx, subject.userId ?? "");
  if (!told) return null;
  const { to, clinicName, path, status } = told;
  return { to, values: { clinicName, path, approval: status === "pending" ? "waits" : "given" } };
};

/** The host approved the clinic, or reinstated it: said to each owner. Not said any more when it was suspended meanwhile. */
export const composeClinicApproved: MailComposer<"clinic-approved" | "clinic-reinstated"> = async (
  ctx,
  { subject },
) => {
  const told = await addressOf(ctx, subject.userId ?? "");
  if (told?.status !== "approved") return null;
  const { to, clinicName, path } = told;
  return { to, values: { clinicName, path } };
};

/** The host suspended the clinic: said to each owner, unless it was reinstated meanwhile. It opens nothing, so it links nowhere. */
export const composeClinicSuspended: MailComposer<"clinic-suspended"> = async (ctx, { subject }) => {
  const told = await addressOf(ctx, subject.userId ?? "");
  return told?.status === "suspended" ? { to: told.to, values: { clinicName: told.clinicName } } : null;
};

function addressOf(ctx: SystemContext, userId: string) {
  return withStaff(ctx, async (db) => {
    const { clinicId } = ctx;
    if (!clinicId) return null;
    const [member, registration] = [
      await db.membership.findFirst({ where: { clinicId, userId, status: "active" }, select: { email: true } }),
      await db.clinicRegistration.findFirst({
        where: { clinicId },
        select: { displayName: true, slug: true, status: true },
      }),
    ];
    if (!member || !registration) return null;
    return {
      to: member.email,
      clinicName: registration.displayName,
      path: `/clinic/${registration.slug}`,
      status: registration.status,
    };
  });
}
