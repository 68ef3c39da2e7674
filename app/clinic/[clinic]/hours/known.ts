import type { LocationRecord } from "#server/location/record.ts";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";

/** What every side of the hours needs to name things. */
export interface Known {
  readonly resources: readonly ResourceRecord[];
  readonly locations: readonly LocationRecord[];
  /** In the clinic, `YYYY-MM-DD`. */
  readonly today: string;
  readonly mayManage: boolean;
}

/** Those in service of one kind, to choose among. */
export const inService = (resources: readonly ResourceRecord[], ...kinds: ResourceRecord["kind"][]) =>
  resources.filter(({ kind, status }) => status === "active" && kinds.includes(kind));
