/** Where a request's NAM is sealed: matched to a new record, it is opened here and sealed there. */
export const requestNamPlace = (clinic: string, personId: string) => ({
  clinic,
  table: "clinic.request_person",
  column: "nam_sealed",
  row: personId,
});
