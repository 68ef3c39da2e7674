import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";
import { conflict, DomainError } from "#server/errors.ts";
import { readPhone } from "#server/phone.ts";
import { type OwnHostSettings, readOwnSettings, readRow } from "./read-settings.ts";
import { recordHostEvent } from "./record-host-event.ts";
import type { ChangeSettingsInput } from "./schema.ts";

/**
 * Changes what the host says of itself: it shows at once on the public pages and at the foot of mails. The first time, it makes
 * the row. Who changed which fields stands in the host's own record.
 * @throws Precondition `signIn.confirmNeeded`; Conflict `stale` with the settings as they are now; Invalid beside its field
 */
export async function changeSettings(ctx: HostContext, input: ChangeSettingsInput): Promise<{ version: number }> {
  requireRecentProof(ctx);
  const { version, ...wanted } = input;
  readPhone(wanted.contactPhone, "contactPhone");
  try {
    return await withHost(ctx, async (db) => {
      const before = await readRow(db);
      if (before.version !== version) throw stale(before);
      const next = (version ?? 0) + 1;
      const data = { ...wanted, version: next, lastUpdated: new Date() };
      if (version === null) await db.hostSetting.createMany({ data: { id: 1, ...data } });
      else {
        const { count } = await db.hostSetting.updateMany({ where: { id: 1, version }, data });
        if (count === 0) throw stale(await readRow(db));
      }
      const names = Object.keys(wanted) as (keyof typeof wanted)[];
      const fields = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(wanted[name]));
      await recordHostEvent(db, ctx, { event: "settings.changed", detail: { version: next, fields } });
      return { version: next };
    });
  } catch (error) {
    // Two operators wrote the first settings at once: the second sees those of the first.
    const lost = error instanceof DomainError && error.key === "alreadyExists";
    throw lost ? stale(await readOwnSettings(ctx)) : error;
  }
}

const stale = (current: OwnHostSettings) =>
  conflict("stale", { current, changedBy: null, changedAt: current.lastUpdated });
