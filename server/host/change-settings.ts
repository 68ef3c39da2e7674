import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";
import { conflict } from "#server/errors.ts";
import { readPhone } from "#server/phone.ts";
import { readRow } from "./read-settings.ts";
import { recordHostEvent } from "./record-host-event.ts";
import type { ChangeSettingsInput } from "./schema.ts";

/**
 * Changes what the host says of itself: it shows at once on the public pages and at the foot of mails. Who changed which fields
 * stands in the host's own record.
 * @throws Precondition `signIn.confirmNeeded`; Conflict `stale` with the settings as they are now; Invalid beside its field
 */
export async function changeSettings(ctx: HostContext, input: ChangeSettingsInput): Promise<{ version: number }> {
  requireRecentProof(ctx);
  const { version, ...wanted } = input;
  readPhone(wanted.contactPhone, "contactPhone");
  return withHost(ctx, async (db) => {
    const before = await readRow(db);
    const { count } = await db.hostSetting.updateMany({
      where: { id: 1, version },
      data: { ...wanted, version: version + 1, lastUpdated: new Date() },
    });
    if (count === 0) {
      const current = await readRow(db);
      throw conflict("stale", { current, changedBy: null, changedAt: current.lastUpdated });
    }
    const names = Object.keys(wanted) as (keyof typeof wanted)[];
    const fields = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(wanted[name]));
    await recordHostEvent(db, ctx, { event: "settings.changed", detail: { version: version + 1, fields } });
    return { version: version + 1 };
  });
}
