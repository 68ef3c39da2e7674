import type { Locale, RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly locale: Locale;
  readonly status: string;
  readonly passwordHash: string | null;
}

/** The account behind an e-mail, or null: only for doors that answer both alike. */
export async function findAccount(email: string, ctx: RequestContext): Promise<Account | null> {
  const account = await withAuth({ email }, ctx, (db) =>
    db.user.findUnique({
      where: { email },
      select: { id: true, email: true, displayName: true, locale: true, status: true, passwordHash: true },
    }),
  );
  return account && { ...account, locale: account.locale === "en" ? "en" : "fr" };
}
