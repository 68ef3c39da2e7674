import { z } from "zod";
import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

const sites = z.array(z.object({ city: z.string(), role: z.enum(["records", "backup", "keys"]) }));
const prices = z.array(
  z.object({ code: z.string(), monthlyCents: z.number().int(), per: z.enum(["professional", "clinic"]) }),
);

/** What the host says of itself in public; an empty list shows nothing. */
export interface HostSettings {
  readonly displayName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  readonly sites: z.infer<typeof sites>;
  readonly prices: z.infer<typeof prices>;
  readonly trialDays: number;
  readonly approvalRequired: boolean;
}

export async function readSettings(ctx: RequestContext): Promise<HostSettings> {
  const row = await withAuth({}, ctx, (db) => db.hostSetting.findFirst());
  return {
    displayName: row?.displayName ?? "Chevet",
    contactEmail: row?.contactEmail ?? "",
    contactPhone: row?.contactPhone ?? "",
    sites: sites.parse(row?.sites ?? []),
    prices: prices.parse(row?.prices ?? []),
    trialDays: row?.trialDays ?? 0,
    approvalRequired: row?.approvalRequired ?? true,
  };
}
