const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every id in an input, by where it stands: `target.userId`, `locationIds.0`. */
export function idsIn(input: unknown, at: readonly string[] = []): { at: readonly string[]; id: string }[] {
  if (typeof input === "string") return uuid.test(input) ? [{ at, id: input }] : [];
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => idsIn(value, [...at, name]));
}

/** The input with one id replaced. */
export function withId(input: unknown, at: readonly string[], id: string): unknown {
  const copy = structuredClone(input) as Record<string, unknown>;
  const inner = at.slice(0, -1).reduce((part, name) => part[name] as Record<string, unknown>, copy);
  inner[at.at(-1) as string] = id;
  return copy;
}

/** The place as the input's schema names it: a position in a list is any position. */
export const placeOf = (at: readonly string[]) => at.map((name) => (/^\d+$/.test(name) ? "*" : name)).join(".");

/** An id that nobody has, as young as `id`: what is asked by age (« before this one ») is asked alike of both. */
export function nobodysId(id: string): string {
  const last = (Number.parseInt(id.slice(-4), 16) ^ 0x5555).toString(16).padStart(4, "0");
  return id.slice(0, -4) + last;
}
