import type { Db } from "#server/db/database.ts";
import { postMail } from "#server/mail/post-mail.ts";

/**
 * Mails the person what just happened to their account, in the transaction that did it. The line of the journal says what
 * (compose-security-change.ts, compose-sign-in-notice.ts); the mail goes to the account's address as it is when it is sent.
 */
export async function tellPerson(
  db: Db,
  about: { userId: string; eventId: string; kind?: "security-change" | "sign-in-notice" },
): Promise<void> {
  const { userId, eventId, kind = "security-change" } = about;
  const { locale } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { locale: true } });
  await postMail(db, { kind, subject: { userId, eventId }, locale: locale === "en" ? "en" : "fr", clinicId: null });
}
