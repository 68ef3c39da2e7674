/** The first page of a patient's notes: asked by the list, and read beforehand with the chart. */
export const firstNotes = {
  most: 30,
  queryKey: (patientId: string, from?: string, until?: string, conditionId?: string) =>
    ["note.list", patientId, from, until, conditionId] as const,
};

/** Read again at each coming back, but for what the page has read itself a moment before. In milliseconds. */
export const justRead = 3_000;
