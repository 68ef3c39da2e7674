import { randomInt } from "node:crypto";
import { withAuth } from "#server/db/with-auth.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import { hashCode } from "../code/hash-code.ts";

const purposes = { email_code: "sign-up", email_change: "email-change" } as const;

/** Makes the six digits at the moment they are sent, and keeps their hash only. A mail tried again carries new ones. */
export const composeVerificationCode: MailComposer<"verification-code"> = async (ctx, { subject }) => {
  const { secretId = "" } = subject;
  const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
  const secretHash = await hashCode(secretId, code);
  return withAuth({ secretId }, ctx, async (db) => {
    const secret = await db.oneTimeSecret.findFirst({
      where: { id: secretId, usedAt: null, expiresAt: { gt: new Date() } },
      select: { purpose: true, email: true, expiresAt: true },
    });
    const purpose = purposes[secret?.purpose as keyof typeof purposes];
    if (!secret?.email || !purpose) return null;
    await db.oneTimeSecret.updateMany({ where: { id: secretId }, data: { secretHash } });
    const minutes = Math.max(1, Math.floor((secret.expiresAt.getTime() - Date.now()) / 60_000));
    return { to: secret.email, values: { purpose, code, minutes } };
  });
};
