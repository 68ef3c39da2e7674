import type { Bookable } from "#server/booking/list-services.ts";
import { freshToken } from "../../_visit/visit-client.ts";

export interface Person {
  readonly relation: "self" | "child" | "cared-for";
  readonly bookerName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly email: string;
  readonly phone: string;
}

/** A time as it is kept between two looks at the page: instants as ISO 8601. */
export interface ChosenSlot {
  readonly startsAt: string;
  readonly day: string;
  readonly locationId: string;
  readonly resourceId: string;
}

/** What a booking that is under way is made of. */
export interface Draft {
  /** What this browser goes by; once booked, the visit's own link. */
  readonly token: string;
  readonly newPatient: boolean;
  /** Typed by whoever has one: it opens the services that are booked by code. */
  readonly code: string;
  readonly serviceId: string | null;
  readonly practitionerId: string | null;
  readonly locationId: string | null;
  readonly mode: Bookable["services"][number]["modes"][number] | null;
  readonly slot: ChosenSlot | null;
  readonly hold: { readonly expiresAt: string | null; readonly endsAt: string; readonly resourceId: string } | null;
  readonly person: Person;
  /** Where the code went, and whether it was typed right. */
  readonly sentTo: string;
  readonly verified: boolean;
  readonly bookedAs: { readonly givenName: string; readonly email: string } | null;
}

const nobody: Person = {
  relation: "self",
  bookerName: "",
  givenName: "",
  familyName: "",
  birthDate: "",
  email: "",
  phone: "",
};

export const newDraft = (wish: Partial<Draft> = {}): Draft => ({
  token: freshToken(),
  newPatient: false,
  code: "",
  serviceId: null,
  practitionerId: null,
  locationId: null,
  mode: null,
  slot: null,
  hold: null,
  person: nobody,
  sentTo: "",
  verified: false,
  bookedAs: null,
  ...wish,
});

const draftKey = (slug: string) => `chevet-visit-1-${slug}`;
const personKey = (slug: string) => `chevet-visitor-1-${slug}`;

/** Of this tab alone, so that a reload loses nothing; gone with the tab. Never the health insurance number. */
export const readDraft = (slug: string): Draft | null => read(() => sessionStorage, draftKey(slug));
/** @returns false where the browser keeps nothing: a frame on another site, a full storage */
export const keepDraft = (slug: string, draft: Draft): boolean => write(() => sessionStorage, draftKey(slug), draft);

/** What a person asked this browser to remember of them for the next time. */
export const readPerson = (slug: string): Person | null => read(() => localStorage, personKey(slug));
export const keepPerson = (slug: string, person: Person): boolean => write(() => localStorage, personKey(slug), person);
export function forgetPerson(slug: string): void {
  try {
    localStorage.removeItem(personKey(slug));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

// Even naming the storage may throw, in a frame that may have none.
function read<Kept>(storage: () => Storage, key: string): Kept | null {
  try {
    return JSON.parse(storage().getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: unknown): boolean {
  try {
    storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
