/** What a screen that lost to another is shown of an allergy. */
export const allergySelect = {
  id: true,
  kind: true,
  codeSystem: true,
  code: true,
  codeVersion: true,
  substance: true,
  reaction: true,
  severity: true,
  certainty: true,
  onset: true,
  note: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;
