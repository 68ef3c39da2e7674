import { v7 } from "uuid";

/** A UUIDv7: made by the application, ordered by time, so that indexes grow at one end (RFC 9562 section 5.7). */
export function newId(): string {
  return v7();
}
