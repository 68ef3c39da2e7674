import { withAuth } from "#server/db/with-auth.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";

/** Somebody tried to open an account with the address of one that exists: only its holder is told. */
export const composeAccountExists: MailComposer<"account-exists"> = (ctx, { subject }) => {
  const { userId = "" } = subject;
  return withAuth({ userId }, ctx, async (db) => {
    const user = await db.user.findFirst({ where: { id: userId, status: "active" }, select: { email: true } });
    return user && { to: user.email, values: { path: "/connexion" } };
  });
};
