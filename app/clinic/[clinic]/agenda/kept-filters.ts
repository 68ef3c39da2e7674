import { z } from "zod";

/** What a person last looked at in a clinic's agenda: ids of practitioners, rooms and places, never of a patient. */
const kept = z.object({
  view: z.enum(["day", "week", "month", "list"]).catch("day"),
  by: z.enum(["practitioner", "room"]).catch("practitioner"),
  who: z.array(z.uuid()).max(100).catch([]),
  location: z.uuid().nullable().catch(null),
  colour: z.enum(["state", "service"]).catch("state"),
});
export type KeptFilters = z.output<typeof kept>;

export const noFilters: KeptFilters = { view: "day", by: "practitioner", who: [], location: null, colour: "state" };

const keyOf = (clinicId: string, userId: string) => `chevet-agenda ${clinicId} ${userId}`;

/** A browser that keeps nothing, or keeps something else under this name, remembers nothing. */
export function readKept(clinicId: string, userId: string): KeptFilters {
  try {
    const found = kept.safeParse(JSON.parse(localStorage.getItem(keyOf(clinicId, userId)) ?? "{}"));
    return found.success ? found.data : noFilters;
  } catch {
    return noFilters;
  }
}

export function keep(clinicId: string, userId: string, filters: KeptFilters): void {
  try {
    localStorage.setItem(keyOf(clinicId, userId), JSON.stringify(filters));
  } catch {
    // A full or closed store: the address still holds the filters.
  }
}
