import type { Realm, RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import type { Account } from "./find-account.ts";

const nobody = "00000000-0000-0000-0000-000000000000";
/** The person is told at the first try that had to wait: earlier ones are slips, later ones more of the same. */
const toldAt = 6;

/** Journals a refused password, and tells the person when it looks like guessing. Writes the same for an e-mail without an account: the worker then finds nobody to write to. */
export async function recordRefusedSignIn(
  ctx: RequestContext,
  account: Account | null,
  { realm, tries }: { realm: Realm; tries: number },
): Promise<void> {
  const userId = account?.id ?? null;
  await withAuth({}, ctx, async (db) => {
    const refused = { outcome: "refused", userId, detail: { realm, method: "password", tries } } as const;
    await recordIdentityEvent(db, ctx, { event: "session.refused", ...refused });
    if (tries !== toldAt) return;
    const eventId = await recordIdentityEvent(db, ctx, { event: "session.many-refused", ...refused });
    await postMail(db, {
      kind: "security-change",
      subject: { userId: userId ?? nobody, eventId },
      locale: account?.locale ?? ctx.locale,
      clinicId: null,
    });
  });
}
