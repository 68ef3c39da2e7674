import type { Table } from "../catalogue/catalogue.ts";
import { nameOf } from "../catalogue/catalogue.ts";
import { insertStatement } from "../rows/make-world.ts";
import { ownerColumns } from "../rows/owner-columns.ts";
import type { Row, Value } from "../rows/row.ts";
import { covers, type Right, type Rights } from "./rights.ts";

const quote = (name: string) => `"${name}"`;
export const primaryKey = (table: Table) => table.constraints.find(({ type }) => type === "p")?.columns ?? [];
const relation = (table: Table) => `${table.schema}.${quote(table.name)}`;

/** The row by its primary key, or by as much of it as this role may look at. */
function where(table: Table, row: Row, right: Right | undefined): string {
  const visible = primaryKey(table).filter((name) => !right || covers(right, name));
  if (visible.length === 0) return "true";
  return visible.map((name) => `${quote(name)} = ${row[name]?.sql}`).join(" and ");
}

export const select = (table: Table, row: Row, rights: Rights) =>
  `select 1 from ${relation(table)} where ${where(table, row, rights.S)}`;

/** Rows of anybody else that this role can see, whatever it asks for. */
export const selectOthers = (table: Table, clinicId: string) =>
  `select clinic_id from ${relation(table)} where clinic_id is distinct from '${clinicId}'`;

export const remove = (table: Table, row: Row, rights: Rights) =>
  `delete from ${relation(table)} where ${where(table, row, rights.S)}`;

export const update = (table: Table, row: Row, rights: Rights) =>
  `update ${relation(table)} set ${harmless(table, rights)} where ${where(table, row, rights.S)}`;

/** Gives the row another owner, or another parent. */
export function updateTo(table: Table, row: Row, rights: Rights, values: Readonly<Record<string, Value>>): string {
  const set = Object.entries(values).map(([name, value]) => `${quote(name)} = ${value.sql}`);
  return `update ${relation(table)} set ${[...set, ...nextVersion(table)].join(", ")} where ${where(table, row, rights.S)}`;
}

/** Only columns that the role may write; a row's other columns have defaults or stay empty. */
export function insert(table: Table, row: Row, right: Right | undefined): string {
  const writable = Object.entries(row).filter(([name]) => !right || covers(right, name));
  return insertStatement(nameOf(table), Object.fromEntries(writable));
}

export function upsert(table: Table, row: Row, rights: Rights): string {
  const columns = primaryKey(table).map(quote).join(", ");
  return `${insert(table, row, rights.I)} on conflict (${columns}) do update set ${harmless(table, rights, true)}`;
}

const isVersioned = (table: Table) => table.columns.some(({ name }) => name === "change_txid");
const nextVersion = (table: Table) => (isVersioned(table) ? [`version = ${quote(table.name)}.version + 1`] : []);

/** A change that changes nothing: what is tried is the right, not the value. */
function harmless(table: Table, rights: Rights, qualified = false): string {
  if (isVersioned(table)) return nextVersion(table).join();
  const owners = ownerColumns(nameOf(table));
  const free = table.columns.filter(
    ({ name, generated }) => !generated && !primaryKey(table).includes(name) && !(name in owners),
  );
  const column = (free.find(({ name }) => !rights.U || (covers(rights.U, name) && covers(rights.S, name))) ?? free[0])
    ?.name;
  if (!column)
    return `${quote(primaryKey(table)[0] ?? "")} = ${quote(table.name)}.${quote(primaryKey(table)[0] ?? "")}`;
  return `${quote(column)} = ${qualified ? `${quote(table.name)}.` : ""}${quote(column)}`;
}
