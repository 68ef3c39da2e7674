import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { markReferralsSent } from "#server/referral/mark-referrals-sent.ts";

/** What has just gone, in the transaction that says so. */
export interface Sent {
  readonly documentIds: readonly string[];
  readonly sentAt: Date;
}

/** Whoever has a state of their own to change when their document goes (a referral that is « sent ») is called here. */
type AfterSent = (db: Db, ctx: ClinicContext, sent: Sent) => Promise<void>;
const told: readonly AfterSent[] = [markReferralsSent];

export async function tellSent(db: Db, ctx: ClinicContext, sent: Sent): Promise<void> {
  for (const tell of told) await tell(db, ctx, sent);
}
