import { type Command, nameOf, type Policy, type Table } from "../catalogue/catalogue.ts";
import { condense, conjuncts, split } from "../catalogue/condition.ts";
import { granteesOf, rowPrivileges } from "../catalogue/effective-access.ts";
import { deletable, openToAll, unrestricted } from "../expected/exceptions.ts";
import type { Law } from "./law.ts";

const privilegeOf: Readonly<Record<Exclude<Command, "*">, string>> = {
  r: "SELECT",
  a: "INSERT",
  w: "UPDATE",
  d: "DELETE",
};
const letterOf: Readonly<Record<string, string>> = { SELECT: "S", INSERT: "I", UPDATE: "U", DELETE: "D" };
const withRowSecurity = (tables: Table[]) => tables.filter((table) => table.rowSecurity);

/** Forms that a distributed database misreads, or that say more than they seem to. */
export const policyForms: Law = ({ tables }) =>
  tables.flatMap((table) =>
    table.policies.flatMap((policy) => {
      const name = `${nameOf(table)}: policy ${policy.name}`;
      const faults: string[] = [];
      if (!policy.permissive)
        faults.push(`${name} is RESTRICTIVE, which turns permissive on the nodes of a distributed database`);
      if (policy.roles.includes("public")) faults.push(`${name} is for PUBLIC`);
      if (policy.subselect) faults.push(`${name} holds a sub-select`);
      if (!table.rowSecurity) faults.push(`${name} stands on a table without row security`);
      return faults;
    }),
  );

/** For each role and command: a grant and exactly one policy, or neither. Two policies would be an "or" that nobody wrote. */
export const onePolicyEach: Law = ({ tables }) =>
  withRowSecurity(tables).flatMap((table) => {
    const policyRoles = table.policies.flatMap(({ roles }) => roles);
    const all = new Set([...granteesOf(table).filter((role) => role !== "chevet_search"), ...policyRoles]);
    return [...all].flatMap((role) =>
      Object.entries(privilegeOf).flatMap(([command, privilege]) => {
        const policies = table.policies.filter(
          (one) => one.roles.includes(role) && (one.command === command || one.command === "*"),
        );
        const exact = policies.filter((one) => one.command === command).length;
        const granted = holds(table, role, privilege);
        if (granted && policies.length === 0) return [`${nameOf(table)}: ${role} holds ${privilege} and no policy`];
        if (!granted && exact > 0)
          return [`${nameOf(table)}: ${role} has a policy for ${privilege} and does not hold it`];
        if (!granted && policies.length > 0 && !holdsAny(table, role))
          return [`${nameOf(table)}: ${role} has a policy and holds nothing`];
        if (policies.length > 1) return [`${nameOf(table)}: ${role} has ${policies.length} policies for ${privilege}`];
        return [];
      }),
    );
  });

const holds = (table: Table, role: string, privilege: string) =>
  [...table.grants, ...table.columns.flatMap(({ grants }) => grants)].some(
    (one) => one.grantee === role && one.privilege === privilege,
  );
const holdsAny = (table: Table, role: string) => rowPrivileges.some((privilege) => holds(table, role, privilege));

/** Every way a row may be seen or written, as `role LETTER condition`. */
function* conditions(table: Table): Generator<{ role: string; letter: string; condition: string }> {
  for (const policy of table.policies)
    for (const role of policy.roles)
      for (const [command, privilege] of Object.entries(privilegeOf))
        if ((policy.command === command || policy.command === "*") && holds(table, role, privilege))
          for (const condition of bothSides(policy, command))
            yield { role, letter: letterOf[privilege] ?? "?", condition };
}

function bothSides(policy: Policy, command: string): string[] {
  const using = condense(policy.using) ?? "true";
  const check = condense(policy.check) ?? using;
  if (command === "a") return [check];
  return command === "w" ? [using, check] : [using];
}

/** Each policy of `clinic`, standing alone, holds the whole condition: this clinic, and this patient for a patient. */
export const clinicConditions: Law = ({ tables }) =>
  tables
    .filter(({ schema }) => schema === "clinic")
    .flatMap((table) =>
      [...conditions(table)].flatMap(({ role, letter, condition }) => {
        const parts = conjuncts(condition);
        const about = table.columns.some(({ name }) => name === "patient_id");
        const at = `${nameOf(table)}: ${role} ${letter} "${condition}"`;
        const faults: string[] = [];
        if (!parts.includes("clinic_id=@clinic_id")) faults.push(`${at} does not hold the clinic`);
        if (role === "chevet_patient" && about && !parts.includes("patient_id=@patient_id"))
          faults.push(`${at} does not hold the patient`);
        if (role === "chevet_staff" && about && !parts.includes("unrestricted") && !(nameOf(table) in unrestricted))
          faults.push(`${at} does not hold restrictions`);
        return faults;
      }),
    );

/** Outside `clinic`, every alternative of every condition compares a column with a key that was given, or is on the list. */
export const keyedConditions: Law = ({ tables }) =>
  withRowSecurity(tables)
    .filter(({ schema }) => schema !== "clinic")
    .flatMap((table) =>
      [...conditions(table)].flatMap(({ role, letter, condition }) => {
        if (condition === "true")
          return isListed(table, role, letter) ? [] : [`${nameOf(table)}: ${role} ${letter} is open to every row`];
        const loose = split(condition, "|").filter(
          (way) => !split(way, "&").some((part) => part.includes("@") || loosely.includes(part)),
        );
        return loose.map((way) => `${nameOf(table)}: ${role} ${letter} "${way}" asks for no key`);
      }),
    );

/** An event around signing in may concern nobody known, or somebody else when it failed; and the host's own sends have no clinic. */
const loosely = ["user_id IS NULL", "outcome <> 'success'::text", "clinic_id IS NULL"];

const isListed = (table: Table, role: string, letter: string) =>
  Object.entries(openToAll).some(([key, roles]) => {
    const [name, letters = ""] = key.split(" ");
    return name === nameOf(table) && letters.includes(letter) && roles.includes(role.replace("chevet_", ""));
  });

/** Only the mover deletes what a clinic keeps (promise 6), and nobody rewrites the journal (promise 7). */
export const clinicDeletes: Law = ({ tables }) =>
  tables
    .filter(({ schema }) => schema === "clinic")
    .flatMap((table) => {
      const name = nameOf(table);
      const journal = /^audit_(event|seal)$/.test(table.name);
      return granteesOf(table).flatMap((role) => [
        ...(holds(table, role, "DELETE") && (role !== "chevet_mover" || journal) && !(name in deletable)
          ? [`${name}: ${role} may delete`]
          : []),
        ...(holds(table, role, "UPDATE") && journal ? [`${name}: ${role} may rewrite the journal`] : []),
      ]);
    });
