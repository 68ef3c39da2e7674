import type { Catalogue } from "../catalogue/catalogue.ts";

/** One weakening of the house, to be noticed. */
export interface Mutation {
  readonly name: string;
  readonly kind: string;
  readonly sql: readonly string[];
  /** The table, or the part of the catalogue, to look at again; without either all of it is read. */
  readonly table?: string;
  readonly part?: keyof Catalogue;
  /** Whose attacks on that table to run again; without it the walk alone must notice. */
  readonly roles?: readonly string[];
}

export const quoted = (table: string) =>
  table
    .split(".")
    .map((part) => `"${part}"`)
    .join(".");
