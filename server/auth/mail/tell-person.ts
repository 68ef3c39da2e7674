import type { Db } from "#server/db/database.ts";
import { postMail } from "#server/mail/post-mail.ts";

export interface Telling {
  readonly userId: string;
  /** The line of the journal that says what happened: the mail says that, and nothing else (compose-security-change.ts). */
  readonly eventId: string;
  readonly kind?: "security-change" | "sign-in-notice";
  /** A row that keeps another address than the account's: the one it had. */
  readonly secretId?: string;
  /** The clinic of the transaction, where it has one: what it posts bears that clinic. */
  readonly clinicId?: string;
}

/** Mails a person what just happened to their account, in the transaction that did it. */
export async function tellPerson(db: Db, telling: Telling): Promise<void> {
  const { userId, eventId, secretId, clinicId = null, kind = "security-change" } = telling;
  const { locale } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { locale: true } });
  await postMail(db, {
    kind,
    subject: { userId, eventId, ...(secretId ? { secretId } : {}) },
    locale: locale === "en" ? "en" : "fr",
    clinicId,
  });
}
