import { invalid } from "#server/errors.ts";

interface Dates {
  readonly birthDate: string | null;
  readonly deceasedOn: string | null;
}

/** @param prefix path of the two in the input. @throws Invalid when somebody is born tomorrow, or died before being born. */
export function checkDates({ birthDate, deceasedOn }: Dates, today: string, prefix = ""): void {
  if (birthDate && birthDate > today) throw invalid("invalid", { [`${prefix}birthDate`]: "patient.dateInFuture" });
  if (!deceasedOn) return;
  if (deceasedOn > today) throw invalid("invalid", { [`${prefix}deceasedOn`]: "patient.dateInFuture" });
  if (birthDate && deceasedOn < birthDate)
    throw invalid("invalid", { [`${prefix}deceasedOn`]: "patient.deathBeforeBirth" });
}

/** A day as a column of type date takes it. */
export const toDate = (day: string | null): Date | null => (day ? new Date(`${day}T00:00:00Z`) : null);
export const toDay = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;
