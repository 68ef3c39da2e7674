import { isIP } from "node:net";
import type { RequestContext, SystemContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";

/** What may be written of signing in. A closed list: each has its sentence in the person's own traces. */
export const identityEvents = [
  "session.opened",
  "session.refused",
  "session.many-refused",
  "session.closed",
  "session.revoked",
  "session.others-revoked",
  "session.unlocked",
  "session.unlock-refused",
  "session.confirmed",
  "session.second-factor",
  "second-factor.refused",
  "password.changed",
  "password.reset-asked",
  "password.reset",
  "email.change-asked",
  "email.changed",
  "profile.changed",
  "totp.enabled",
  "totp.disabled",
  "recovery-codes.renewed",
  "recovery-code.used",
  "passkey.added",
  "passkey.renamed",
  "passkey.removed",
  "passkey.cloned",
  "oidc.linked",
  "oidc.unlinked",
  "oidc.refused",
  "member.role-changed",
  "member.access-changed",
  "member.access-ended",
  "member.access-restored",
  "operator.created",
  "account.created",
] as const;
export type IdentityEventName = (typeof identityEvents)[number];

export interface IdentityEvent {
  readonly event: IdentityEventName;
  readonly outcome?: "success" | "refused" | "failed";
  /** Whose act or whose account; null when nobody's (an e-mail without an account). */
  readonly userId: string | null;
  readonly sessionId?: string;
  readonly clinicId?: string;
  /** ids, hashes and closed words only. */
  readonly detail?: Record<string, string | number | boolean | null>;
}

/** One line of the journal of signing in, in the caller's transaction (promise 7). @returns its id. */
export async function recordIdentityEvent(
  db: Db,
  ctx: RequestContext | SystemContext,
  entry: IdentityEvent,
): Promise<string> {
  const id = newId();
  const address = "origin" in ctx && isIP(ctx.origin.address) !== 0 ? ctx.origin.address : null;
  await db.identityAuditEvent.createMany({
    data: {
      id,
      event: entry.event,
      outcome: entry.outcome ?? "success",
      userId: entry.userId,
      sessionId: entry.sessionId ?? null,
      clinicId: entry.clinicId ?? null,
      requestId: ctx.requestId,
      address,
      detail: { ...entry.detail },
    },
  });
  return id;
}
