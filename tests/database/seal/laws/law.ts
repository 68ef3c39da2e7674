import type { Catalogue } from "../catalogue/catalogue.ts";

/** A law looks at the whole catalogue and names each fault in a sentence that says where it is. */
export type Law = (catalogue: Catalogue) => string[];

/** Sentences for the members of `actual` that are not in `expected`, and the other way round. */
export function differences(what: string, actual: readonly string[], expected: readonly string[]): string[] {
  const extra = actual.filter((one) => !expected.includes(one)).map((one) => `${what}: ${one} is not expected`);
  const missing = expected.filter((one) => !actual.includes(one)).map((one) => `${what}: ${one} is missing`);
  return [...extra, ...missing];
}
