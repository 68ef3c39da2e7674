import type { Repeat } from "./schema.ts";

/** Whose it is, as the row says it twice: comparable with what is for somebody, and joinable with who that is. */
export const ownedBy = (owner: string) => ({
  owner,
  ownerId: owner.startsWith("user:") ? owner.slice("user:".length) : null,
});

/** A row of tasks is counted from the day of its first. */
export const repeatColumns = (repeat: Repeat | null, from: string | null) => ({
  repeatUnit: repeat?.unit ?? null,
  repeatEvery: repeat?.every ?? null,
  repeatFrom: repeat && from ? new Date(from) : null,
  repeatUntil: repeat?.until ? new Date(repeat.until) : null,
});

/** `YYYY-MM-DD` of a column of days. */
export const toDay = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null;
