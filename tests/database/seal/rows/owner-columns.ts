import { access } from "../expected/access.ts";

/**
 * The columns that say whose a row is, each with the key of the transaction that it is compared with, as the page of who may
 * do what has it: `{ clinic_id: "clinic_id", token_hash: "session_hash" }`.
 */
export function ownerColumns(table: string, role?: string): Readonly<Record<string, string>> {
  const lines = Object.entries(access[table] ?? {}).filter(([name]) => !role || name === role);
  const found = lines.flatMap(([, line]) => [...line.matchAll(/\b(\w+)[=~]@(\w+)/g)]);
  return Object.fromEntries(found.map(([, column = "", key = ""]) => [column, key]));
}
