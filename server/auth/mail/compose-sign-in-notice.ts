import { withAuth } from "#server/db/with-auth.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import { readTold } from "./compose-security-change.ts";

const unnamed = { fr: "un navigateur inconnu", en: "an unknown browser" };

/** A new device opened the account: when, and what it says it is. Never its address (AC-63). */
export const composeSignInNotice: MailComposer<"sign-in-notice"> = async (ctx, { subject, locale }) => {
  const { userId = "", eventId } = subject;
  const { user, event } = await readTold(ctx, userId, eventId);
  if (!user || !event?.sessionId) return null;
  const { sessionId } = event;
  const session = await withAuth({ userId }, ctx, (db) =>
    db.session.findFirst({ where: { id: sessionId, userId }, select: { device: true } }),
  );
  if (!session) return null;
  return {
    to: user.email,
    values: { at: event.recordedAt, device: session.device || unnamed[locale], path: "/compte" },
  };
};
