import type { Realm, RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import type { Account } from "./find-account.ts";

const nobody = "00000000-0000-0000-0000-000000000000";

/** Whether this account may sign in there: active, and for the host's realm an operator today. Asks the same for no account. */
export async function mayEnterRealm(
  ctx: RequestContext,
  realm: Realm,
  account: Pick<Account, "id" | "status"> | null,
): Promise<boolean> {
  if (realm !== "host") return account?.status === "active";
  const userId = account?.id ?? nobody;
  const operator = await withAuth({ userId }, ctx, (db) =>
    db.hostOperator.findFirst({ where: { userId, revokedAt: null }, select: { userId: true } }),
  );
  return operator !== null && account?.status === "active";
}
