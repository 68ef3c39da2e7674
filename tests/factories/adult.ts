import { randomInt } from "node:crypto";

/** A birth date of a grown person: two people of one name seldom share it, and are then the same to the register. */
export const adultBirthDate = () =>
  new Date(Date.UTC(1940, 0, 1) + randomInt(50 * 365) * 86_400_000).toISOString().slice(0, 10);
