import type { MedicationsView } from "#server/medication/record.ts";

/** How many drugs the reader has put in a prescription that they have not signed: it is kept, whatever screen is closed. */
export const begunItems = (data: Pick<MedicationsView, "prescriptions"> | undefined): number =>
  data?.prescriptions.find(({ mine }) => mine)?.items.length ?? 0;
