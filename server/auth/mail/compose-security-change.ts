import type { SystemContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import type { MailValues } from "#server/mail/mail-templates.ts";
import type { IdentityEventName } from "../journal/record-identity-event.ts";

type Change = MailValues<"security-change">["change"];

/** Which line of the journal is told in which sentence. */
const changes: Partial<Record<IdentityEventName, Change>> = {
  "password.changed": "password-changed",
  "password.reset": "password-reset",
  "email.changed": "email-changed",
  "totp.enabled": "second-factor-on",
  "totp.disabled": "second-factor-off",
  "passkey.added": "passkey-added",
  "passkey.removed": "passkey-removed",
  "recovery-codes.renewed": "recovery-codes-made",
  "recovery-code.used": "recovery-code-used",
  "session.others-revoked": "sessions-closed",
  "session.many-refused": "sign-ins-refused",
  "member.role-changed": "role-changed",
  "member.access-changed": "access-changed",
  "member.access-ended": "access-ended",
  "member.access-restored": "access-restored",
  "oidc.linked": "organization-linked",
  "oidc.unlinked": "organization-unlinked",
};

/** Says what the journal's line says, to the account's address as it is now, or to the one that the account had. */
export const composeSecurityChange: MailComposer<"security-change"> = async (ctx, { subject }) => {
  const { userId = "", eventId, secretId } = subject;
  const { user, event } = await readTold(ctx, userId, eventId);
  const change = event && changes[event.event as IdentityEventName];
  if (!user || !event || !change) return null;
  const to = secretId ? await formerAddress(ctx, secretId) : user.email;
  return to ? { to, values: { change, at: event.recordedAt, path: "/compte" } } : null;
};

/** The person of a notice and the line that it tells, as they are now. */
export function readTold(ctx: SystemContext, userId: string, eventId: string | undefined) {
  return withAuth({ userId }, ctx, async (db) => ({
    user: await db.user.findFirst({ where: { id: userId, status: "active" }, select: { email: true } }),
    event: await db.identityAuditEvent.findFirst({
      where: { id: eventId, userId },
      select: { event: true, recordedAt: true, sessionId: true },
    }),
  }));
}

async function formerAddress(ctx: SystemContext, secretId: string): Promise<string | null> {
  const row = await withAuth({ secretId }, ctx, (db) =>
    db.oneTimeSecret.findUnique({ where: { id: secretId }, select: { email: true } }),
  );
  return row?.email ?? null;
}
