/** What the card of documents asks for: the latest of a chart. */
export const cardList = (patientId: string) => ({ patientId, most: 5, refresh: true });
