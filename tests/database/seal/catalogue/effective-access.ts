import type { Catalogue, Grant, Policy, Table } from "./catalogue.ts";
import { nameOf } from "./catalogue.ts";
import { condense } from "./condition.ts";

/**
 * What each role may do with each table, in one line: `SI: clinic_id=@clinic_id; U(name): a => b` is select and insert on rows
 * that meet the condition, and update of the column `name`, on rows that meet a, as long as they then meet b.
 */
export type Access = Record<string, Record<string, string>>;

const commands = [
  { letter: "S", privilege: "SELECT", policy: "r" },
  { letter: "I", privilege: "INSERT", policy: "a" },
  { letter: "U", privilege: "UPDATE", policy: "w" },
  { letter: "D", privilege: "DELETE", policy: "d" },
] as const;

export const rowPrivileges: readonly string[] = commands.map(({ privilege }) => privilege);

/** Roles other than the owner that hold something on this table or one of its columns. */
export function granteesOf(table: Table): string[] {
  const all = [...table.grants, ...table.columns.flatMap((column) => column.grants)];
  return [...new Set(all.map(({ grantee }) => grantee))].filter((name) => name !== table.owner).sort();
}

export function effectiveAccess(catalogue: Catalogue): Access {
  const past = new Set(catalogue.roles.filter(({ bypassRls }) => bypassRls).map(({ name }) => name));
  const entries = catalogue.tables.map((table) => [
    nameOf(table),
    Object.fromEntries(granteesOf(table).map((role) => [shortRole(role), lineOf(table, role, past.has(role))])),
  ]);
  return Object.fromEntries(entries);
}

export const shortRole = (role: string) => role.replace(/^chevet_/, "");

function lineOf(table: Table, role: string, past: boolean): string {
  const groups = new Map<string, string>();
  for (const { letter, privilege, policy } of commands) {
    const columns = grantedColumns(table, role, privilege);
    if (columns === undefined) continue;
    const condition = conditionOn(table, role, policy, past);
    groups.set(condition, `${groups.get(condition) ?? ""}${letter}${columns}`);
  }
  const extra = [...table.grants, ...table.columns.flatMap(({ grants }) => grants)]
    .filter(({ grantee, privilege }) => grantee === role && !rowPrivileges.includes(privilege))
    .map(({ privilege }) => privilege.toLowerCase());
  return [...[...groups].map(([condition, letters]) => `${letters}: ${condition}`), ...new Set(extra)].join("; ");
}

/** "" for the whole table, `(a b)` for some columns, undefined for nothing. */
function grantedColumns(table: Table, role: string, privilege: string): string | undefined {
  const holds = (grants: Grant[]) => grants.some((one) => one.grantee === role && one.privilege === privilege);
  if (holds(table.grants)) return "";
  const names = table.columns.filter(({ grants }) => holds(grants)).map(({ name }) => name);
  return names.length > 0 ? `(${names.join(" ")})` : undefined;
}

function conditionOn(table: Table, role: string, command: "r" | "a" | "w" | "d", past: boolean): string {
  if (past) return "every row, past row security";
  return table.rowSecurity ? conditionOf(table.policies, role, command) : "no row security";
}

function conditionOf(policies: Policy[], role: string, command: "r" | "a" | "w" | "d"): string {
  const own = policies.filter(
    (one) =>
      one.permissive &&
      (one.command === command || one.command === "*") &&
      one.roles.some((name) => name === role || name === "public"),
  );
  if (own.length === 0) return "nothing";
  const using = either(own.map((one) => condense(one.using)));
  // PostgreSQL holds new rows to USING where a policy has no WITH CHECK of its own.
  const check = either(own.map((one) => condense(one.check) ?? condense(one.using)));
  if (command === "a") return check;
  if (command === "w" && check !== using) return `${using} => ${check}`;
  return using;
}

const either = (conditions: (string | null)[]) => [...new Set(conditions.map((one) => one ?? "true"))].join(" | ");
