/** What a screen that lost to another is shown of a problem. */
export const conditionSelect = {
  id: true,
  codeSystem: true,
  code: true,
  codeVersion: true,
  label: true,
  onset: true,
  abatement: true,
  note: true,
  status: true,
  rank: true,
  version: true,
  lastUpdated: true,
} as const;
