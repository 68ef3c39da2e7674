import type { Sender } from "#emails/_components/mail-frame.tsx";
import { withRelay } from "#server/db/with-relay.ts";

/** Who sends the platform's mail, as the host describes itself (AC-62). */
export async function readSender(origin: string): Promise<Sender> {
  const host = await withRelay((db) =>
    db.hostSetting.findFirst({ select: { displayName: true, contactEmail: true, contactPhone: true, sites: true } }),
  );
  const cities = Array.isArray(host?.sites) ? host.sites.map((site) => (site as { city?: string }).city ?? "") : [];
  const contact = [host?.contactEmail ?? "", host?.contactPhone ?? "", cities[0] ?? ""].filter((part) => part !== "");
  return { name: host?.displayName ?? "Chevet", contact, origin };
}
