import type { HostContext, RequestContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withHost } from "#server/db/with-host.ts";
import { readEnv } from "#server/env.ts";
import { type HostPrice, type HostSite, prices, sites } from "./schema.ts";

/** What the host says of itself in public; an empty list shows nothing. */
export interface HostSettings {
  readonly displayName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  readonly sites: HostSite[];
  readonly prices: HostPrice[];
  readonly trialDays: number;
  readonly approvalRequired: boolean;
  /** Where the source code of what runs here can be had (AGPL-3.0, section 13); '' when nobody has said. */
  readonly sourceUrl: string;
}

/** The same for whoever changes it. */
export interface OwnHostSettings extends HostSettings {
  readonly version: number;
  readonly lastUpdated: Date;
  /** What stands for the source address while the setting is empty: CHEVET_SOURCE_URL. */
  readonly givenSourceUrl: string;
}

/** What anybody may read: the landing page and the sign-up page show it. */
export async function readSettings(ctx: RequestContext): Promise<HostSettings> {
  const { version, lastUpdated, givenSourceUrl, ...settings } = await withAuth({}, ctx, readRow);
  return { ...settings, sourceUrl: settings.sourceUrl || givenSourceUrl };
}

/** The settings as the operator's form shows them. */
export function readOwnSettings(ctx: HostContext): Promise<OwnHostSettings> {
  return withHost(ctx, readRow);
}

/** In the caller's transaction. The row is there from the start (its migration makes it). */
export async function readRow(db: Db): Promise<OwnHostSettings> {
  const { id, ...row } = await db.hostSetting.findFirstOrThrow();
  return {
    ...row,
    sites: sites.parse(row.sites),
    prices: prices.parse(row.prices),
    givenSourceUrl: readEnv().CHEVET_SOURCE_URL ?? "",
  };
}
