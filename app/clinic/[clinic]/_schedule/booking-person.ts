import type { Person } from "./patient-picker.tsx";

/** For whom the next booking is: handed from the palette to the agenda in the page's memory, since an address names nobody. */
const next: { person: Person | undefined } = { person: undefined };

export function bookFor(person: Person): void {
  next.person = person;
}

export function takeBookingPerson(): Person | undefined {
  const { person } = next;
  next.person = undefined;
  return person;
}
