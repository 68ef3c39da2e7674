import { type Catalogue, type Grant, nameOf, type Table } from "../catalogue/catalogue.ts";
import { granteesOf, rowPrivileges } from "../catalogue/effective-access.ts";
import { isLibraryTable } from "../expected/queue-library.ts";
import { serving } from "../expected/roles.ts";
import type { Mutation } from "./mutation.ts";
import { quoted } from "./mutation.ts";

const everybody = [
  ...serving.map((role) => `chevet_${role}`),
  "chevet_web",
  "chevet_worker",
  "chevet_queue",
  "chevet_search",
  "public",
];
const beyondRows = ["truncate", "references", "trigger"];

/**
 * Each grant in turn: widened to whoever lacks it, from some columns to all, to be handed on; and taken away.
 * @param whole every privilege by itself for every role; else all at once for PUBLIC and for two roles that hold nothing, and
 * what is held in some columns is taken away in one of them.
 */
export function weakenGrants({ tables }: Catalogue, whole: boolean): Mutation[] {
  return tables.flatMap((table) => [...widen(table, whole), ...kept(table, whole), ...rowSecurity(table)]);
}

function widen(table: Table, whole: boolean): Mutation[] {
  const name = nameOf(table);
  const holders = granteesOf(table);
  const strangers = everybody.filter((grantee) => !holders.includes(grantee));
  const tried = whole
    ? everybody
    : [...holders, "public", ...strangers.filter((grantee) => grantee !== "public").slice(0, 2)];
  return tried.flatMap((grantee) => {
    const missing = rowPrivileges.filter((privilege) => !holds(table.grants, grantee, privilege));
    const sets = whole || holders.includes(grantee) ? missing.map((one) => [one]) : [missing];
    return sets.filter((set) => set.length > 0).map((set) => grantTo(name, `${set.join(", ").toLowerCase()}`, grantee));
  });
}

const grantTo = (name: string, privileges: string, grantee: string): Mutation => ({
  name: `${name}: ${privileges} granted to ${grantee}`,
  kind: "grant widened",
  sql: [`grant ${privileges} on ${quoted(name)} to ${grantee}`],
  table: name,
});

/** What is held: handed on, taken away, and stretched to what is no reading or writing of rows. */
function kept(table: Table, whole: boolean): Mutation[] {
  const name = nameOf(table);
  const of = (grants: Grant[]) => grants.filter(({ grantee }) => grantee !== table.owner);
  const onward = of(table.grants).map(
    ({ grantee, privilege }): Mutation => ({
      name: `${name}: ${grantee} may hand ${privilege} on`,
      kind: "grant to be handed on",
      sql: [`grant ${privilege} on ${quoted(name)} to ${grantee} with grant option`],
      table: name,
    }),
  );
  const all = table.columns.flatMap((column) => of(column.grants).map((grant) => ({ ...grant, column: column.name })));
  const isFirst = (one: Grant, at: number) =>
    all.findIndex(({ grantee, privilege }) => grantee === one.grantee && privilege === one.privilege) === at;
  const columns = whole ? all : all.filter(isFirst);
  const taken = [...of(table.grants).map((grant) => ({ ...grant, column: undefined })), ...columns].map(
    ({ grantee, privilege, column }): Mutation => ({
      name: `${name}: ${privilege}${column ? ` (${column})` : ""} taken from ${grantee}`,
      kind: "grant taken away",
      sql: [`revoke ${privilege}${column ? ` ("${column}")` : ""} on ${quoted(name)} from ${grantee}`],
      table: name,
    }),
  );
  const beyond = beyondRows.map((privilege) => ({
    ...grantTo(name, privilege, "chevet_staff"),
    kind: "grant beyond rows",
  }));
  return [...onward, ...taken, ...beyond];
}

function rowSecurity(table: Table): Mutation[] {
  const name = nameOf(table);
  if (!table.rowSecurity || isLibraryTable(name)) return [];
  const off = (what: string, roles?: readonly string[]): Mutation => ({
    name: `${name}: ${what}`,
    kind: what,
    sql: [`alter table ${quoted(name)} ${what}`],
    table: name,
    ...(roles && { roles }),
  });
  return [off("disable row level security", serving), off("no force row level security")];
}

const holds = (grants: Grant[], grantee: string, privilege: string) =>
  grants.some((one) => one.grantee === grantee && one.privilege === privilege);
