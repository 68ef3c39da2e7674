/** What a screen that lost to another is shown of a recall. */
export const recallSelect = {
  id: true,
  serviceId: true,
  practitionerId: true,
  dueOn: true,
  reason: true,
  status: true,
  closedReason: true,
  version: true,
  lastUpdated: true,
} as const;
