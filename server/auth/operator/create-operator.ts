import { randomInt } from "node:crypto";
import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withOwner } from "#server/db/with-owner.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { hashPassword } from "../password/hash-password.ts";
import { findAccount } from "../session/find-account.ts";

const letters = "abcdefghjkmnpqrstuvwxyz23456789";

export interface CreatedOperator {
  /** Printed once; null when the account was there already and keeps its own. */
  readonly password: string | null;
}

/**
 * Makes a person an operator of the platform, from the machine's own command line: no door of the site does it, and no
 * serving role may. The account is made when there is none; its first sign-in leads to adding a second factor.
 */
export async function createOperator(email: string): Promise<CreatedOperator> {
  const ctx: RequestContext = { requestId: newId(), locale: "fr", origin: { address: "", userAgent: "chevet" } };
  const account = await findAccount(email, ctx);
  const userId = account?.id ?? newId();
  const password = account ? null : randomPassword();
  if (password) {
    const passwordHash = await hashPassword(password);
    await withAuth({ userId }, ctx, async (db) => {
      await db.user.createMany({
        data: { id: userId, email, displayName: email, passwordHash, emailVerifiedAt: new Date() },
      });
      await recordIdentityEvent(db, ctx, { event: "account.created", userId });
    });
  }
  await appoint(userId);
  await withAuth({ userId }, ctx, (db) => recordIdentityEvent(db, ctx, { event: "operator.created", userId }));
  return { password };
}

/** No serving role may appoint an operator: the owner does, lifting row security for this one statement. */
function appoint(userId: string): Promise<void> {
  return withOwner(async (owner) => {
    await owner.query("alter table host.operator no force row level security");
    await owner.query(
      "insert into host.operator (user_id) values ($1) on conflict (user_id) do update set revoked_at = null",
      [userId],
    );
    await owner.query("alter table host.operator force row level security");
  });
}

const randomPassword = () =>
  Array.from({ length: 5 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("")).join(
    "-",
  );
