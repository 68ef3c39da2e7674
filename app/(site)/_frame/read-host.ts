import "server-only";
import type { HostSettings } from "#server/host/read-settings.ts";
import { api } from "../../_trpc/server.ts";

const silent: HostSettings = {
  displayName: "Chevet",
  contactEmail: "",
  contactPhone: "",
  sites: [],
  prices: [],
  trialDays: 0,
  approvalRequired: true,
  sourceUrl: "",
};

/** What the host says of itself. A database that does not answer must not take the public pages down with it: they then say less. */
export async function readHost(): Promise<HostSettings> {
  try {
    return await (await api()).host.settings();
  } catch {
    return silent;
  }
}
