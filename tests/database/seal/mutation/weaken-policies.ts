import { type Catalogue, nameOf, type Policy, type Table } from "../catalogue/catalogue.ts";
import { condense, split, withoutOuterParentheses } from "../catalogue/condition.ts";
import type { Mutation } from "./mutation.ts";
import { quoted } from "./mutation.ts";

const commandOf = { r: "select", a: "insert", w: "update", d: "delete", "*": "all" } as const;

interface Change {
  readonly using?: string | null;
  readonly check?: string | null;
  readonly roles?: string;
  readonly kind?: "restrictive";
}

/** Weakenings that somebody could feel; the others are forms that only the walk can see. */
const opening = /^(opened|check opened|without)/;

/** Each policy in turn: opened, robbed of each of its conditions, of its check, or changed into a form that does not hold. */
export function weakenPolicies({ tables }: Catalogue): Mutation[] {
  return tables.flatMap((table) => table.policies.flatMap((policy) => weaken(table, policy)));
}

function weaken(table: Table, policy: Policy): Mutation[] {
  const name = nameOf(table);
  const roles = policy.roles.map((role) => role.replace("chevet_", ""));
  const drop = `drop policy "${policy.name}" on ${quoted(name)}`;
  const mutation = (what: string, sql: string[]): Mutation => ({
    name: `${name} ${policy.name}: ${what}`,
    kind: `policy ${what.replace(/ ".*/, "")}`,
    sql,
    table: name,
    ...(opening.test(what) && { roles }),
  });
  const replaced = (what: string, change: Change) => mutation(what, [drop, create(table, policy, change)]);
  const extra = `create policy one_more on ${quoted(name)} for ${commandOf[policy.command]} to ${policy.roles.join(", ")} ${sides(policy, "true", "true")}`;
  const forms = [
    mutation("dropped", [drop]),
    replaced("restrictive", { kind: "restrictive" }),
    replaced("for PUBLIC", { roles: "public" }),
    replaced(
      "with a sub-select",
      policy.using ? { using: `(select true) and ${policy.using}` } : { check: `(select true) and ${policy.check}` },
    ),
  ];
  if (isOpen(policy)) return forms;
  return [
    ...forms,
    replaced("opened", { using: "true", check: "true" }),
    mutation("joined by an open one", [extra]),
    ...checks(table, policy, replaced),
    ...parts(policy, replaced),
  ];
}

const isOpen = ({ using, check }: Policy) => [using, check].every((side) => side === null || condense(side) === "true");

/** A check counts where the role writes. */
function checks(table: Table, policy: Policy, replaced: (what: string, change: Change) => Mutation): Mutation[] {
  if (policy.command === "r" || policy.command === "d") return [];
  const grants = [...table.grants, ...table.columns.flatMap((column) => column.grants)];
  const writes = grants.some(
    ({ grantee, privilege }) => policy.roles.includes(grantee) && (privilege === "INSERT" || privilege === "UPDATE"),
  );
  return writes ? [replaced("check opened", { check: "true" })] : [];
}

/** Without each condition that stands at its top, in USING and in WITH CHECK alike. */
function parts(policy: Policy, replaced: (what: string, change: Change) => Mutation): Mutation[] {
  const all = new Set(
    [policy.using, policy.check].flatMap((side) => (side ? split(withoutOuterParentheses(side), "AND") : [])),
  );
  if (all.size < 2) return [];
  const without = (side: string | null, part: string) => {
    if (!side) return side;
    const rest = split(withoutOuterParentheses(side), "AND").filter((one) => one !== part);
    return rest.length > 0 ? rest.map((one) => `(${one})`).join(" and ") : "true";
  };
  return [...all].map((part) =>
    replaced(`without "${condense(part)}"`, { using: without(policy.using, part), check: without(policy.check, part) }),
  );
}

function create(table: Table, policy: Policy, change: Change): string {
  const using = change.using === undefined ? policy.using : change.using;
  const check = change.check === undefined ? policy.check : change.check;
  const as = change.kind ? ` as ${change.kind}` : "";
  return `create policy "${policy.name}" on ${quoted(nameOf(table))}${as} for ${commandOf[policy.command]} to ${change.roles ?? policy.roles.join(", ")} ${sides(policy, using, check)}`;
}

function sides({ command }: Policy, using: string | null, check: string | null): string {
  const left = command === "a" ? "" : `using (${using ?? "true"})`;
  const right = command === "r" || command === "d" || check === null ? "" : `with check (${check})`;
  return `${left} ${right}`;
}
