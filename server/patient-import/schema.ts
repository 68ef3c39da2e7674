import { z } from "zod";
import { id, line, version } from "#server/schema.ts";

/** What a column of a file may be. */
export const importFields = [
  "familyName",
  "givenName",
  "birthFamilyName",
  "preferredName",
  "birthDate",
  "sex",
  "gender",
  "pronouns",
  "language",
  "nam",
  "namExpiry",
  "fileNumber",
  "mobile",
  "home",
  "work",
  "email",
  "street",
  "city",
  "province",
  "postalCode",
  "sourceId",
] as const;
export type ImportField = (typeof importFields)[number];

export const mostLines = 20_000;
export const mostColumns = 100;
export const mostBytes = 15 * 1024 * 1024;

/** Field → column, from 0. A name needs both of its columns. */
export const mapping = z
  .partialRecord(
    z.enum(importFields),
    z
      .int()
      .min(0)
      .max(mostColumns - 1),
  )
  .refine(({ familyName, givenName }) => familyName !== undefined && givenName !== undefined, "import.names");
export type Mapping = z.output<typeof mapping>;

/** What comes first in a date in figures whose year comes last. */
export const dateOrders = ["day", "month"] as const;
export type DateOrder = (typeof dateOrders)[number];

export const importRef = z.object({ id });
export const importVersionRef = z.object({ id, version });
export const checkImportInput = z.object({
  id,
  version,
  mapping,
  /** The program that the file comes from. */
  sourceSystem: line(60),
  /** Lines that look like somebody who is registered are imported all the same. */
  withDuplicates: z.boolean().default(false),
  /** Of the whole file; absent: as it was proposed. */
  dateOrder: z.enum(dateOrders).optional(),
});
export type CheckImportInput = z.output<typeof checkImportInput>;

export const lineOutcomes = ["ready", "error", "duplicate", "known", "created", "undone", "used"] as const;
export type LineOutcome = (typeof lineOutcomes)[number];
export const listLinesInput = z.object({
  id,
  outcome: z.enum(lineOutcomes).optional(),
  /** The last line of the page before. */
  after: z.int().min(0).default(0),
  most: z.int().min(1).max(100).default(50),
});
export type ListLinesInput = z.output<typeof listLinesInput>;
