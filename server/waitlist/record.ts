/** What a screen that lost to another is shown of an entry. */
export const entrySelect = {
  id: true,
  serviceId: true,
  locationId: true,
  resourceIds: true,
  weekdays: true,
  fromMinute: true,
  untilMinute: true,
  untilDate: true,
  priority: true,
  note: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;
