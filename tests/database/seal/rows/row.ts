import { randomBytes } from "node:crypto";
import { newId } from "#server/db/new-id.ts";

/** One value of a row: as SQL, and as the text that a setting would hold for it (null: cannot be a key). */
export interface Value {
  readonly sql: string;
  readonly text: string | null;
}

export type Row = Readonly<Record<string, Value>>;

export const uuid = (id: string = newId()): Value => ({ sql: `'${id}'::uuid`, text: id });
export const text = (value: string): Value => ({ sql: `'${value.replaceAll("'", "''")}'::text`, text: value });
export const bytes = (hex: string = randomBytes(32).toString("hex")): Value => ({
  sql: `'\\x${hex}'::bytea`,
  text: hex,
});
export const sql = (expression: string): Value => ({ sql: expression, text: null });
export const word = (): string => randomBytes(6).toString("hex");
