import "server-only";
import { api } from "../../../_trpc/server.ts";

/** Where the host is reached about an approval: its address, or its terms when it has given none. */
export async function readHostContact(): Promise<string> {
  const { contactEmail } = await (await api()).host.settings();
  return contactEmail ? `mailto:${contactEmail}` : "/legal/conditions";
}
