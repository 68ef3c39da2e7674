/** A browser's own field of a date and an hour, by this computer's clock: `YYYY-MM-DDTHH:MM`. */
export function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** @returns an instant; one that is none where nothing was typed, which the schema refuses */
export const instantOf = (local: string): Date => new Date(local);
