/** What a screen that lost to another is shown of an entry of the history. */
export const historySelect = {
  id: true,
  kind: true,
  relation: true,
  label: true,
  occurred: true,
  note: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;
