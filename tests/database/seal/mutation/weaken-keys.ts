import { type Catalogue, type Constraint, type Index, nameOf, type Table } from "../catalogue/catalogue.ts";
import { isSingle } from "../rows/make-world.ts";
import type { Mutation } from "./mutation.ts";
import { quoted } from "./mutation.ts";

/** Each key of a clinic's table in turn: no longer led by clinic_id, so that it reaches across clinics. */
export function weakenKeys({ tables }: Catalogue): Mutation[] {
  const roles = ["staff", "registrar", "sealer", "mover"];
  return tables
    .filter(({ schema, kind }) => schema === "clinic" && kind === "r")
    .flatMap((table) => [
      ...table.constraints.flatMap((key) => weakened(table, key)),
      ...table.indexes.filter(({ ofConstraint }) => !ofConstraint).map((index) => withoutClinic(table, index)),
      mutation(table, "clinic_id with a default", [
        `alter table ${quoted(nameOf(table))} alter column clinic_id set default gen_random_uuid()`,
      ]),
      mutation(table, "a number that is not exact", [
        `alter table ${quoted(nameOf(table))} add column amount numeric(10, 2)`,
      ]),
      mutation(table, "money as an integer", [`alter table ${quoted(nameOf(table))} add column total_cents integer`]),
      ...table.triggers.flatMap(({ name }) => [
        mutation(table, `trigger ${name} disabled`, [`alter table ${quoted(nameOf(table))} disable trigger "${name}"`]),
        mutation(table, `trigger ${name} dropped`, [`drop trigger "${name}" on ${quoted(nameOf(table))}`]),
      ]),
    ])
    .map((one) => (one.kind === "key" ? { ...one, roles } : one));
}

function withoutClinic(table: Table, { name, unique, columns }: Index): Mutation {
  const named = columns.filter((column): column is string => column !== null && column !== "clinic_id");
  // An index over an expression, or over the clinic alone: any other column will do.
  const other = table.columns.find((column) => column.name !== "clinic_id")?.name ?? "";
  const list = (named.length > 0 ? named : [other]).map((column) => `"${column}"`).join(", ");
  return mutation(table, `index ${name} without clinic_id`, [
    `drop index clinic."${name}"`,
    `create ${unique ? "unique " : ""}index "${name}" on ${quoted(nameOf(table))} (${list})`,
  ]);
}

function weakened(table: Table, key: Constraint): Mutation[] {
  const on = quoted(nameOf(table));
  const rest = key.columns.filter((column) => column !== "clinic_id");
  const drop = `alter table ${on} drop constraint "${key.name}" cascade`;
  const list = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(", ");
  const add = (definition: string) => `alter table ${on} add constraint "${key.name}" ${definition}`;
  const named = (sql: string[]) => [{ ...mutation(table, `${key.name} without clinic_id`, sql), kind: "key" }];
  if (rest.length === 0) return [];
  // Two clinics hold the same value already where there can be one only: the key is then taken away whole.
  if (key.type === "p") return named(isSingle(table) ? [drop] : [drop, add(`primary key (${list(rest)})`)]);
  if (key.type === "u") return named([drop, add(`unique (${list(rest)})`)]);
  if (key.type === "x") return named([drop, add(key.definition.replace("clinic_id WITH =, ", ""))]);
  if (key.type !== "f" || !key.references) return [];
  const far = (key.referencedColumns ?? []).filter((column) => column !== "clinic_id");
  return named([
    drop,
    `alter table ${quoted(key.references)} add constraint across unique (${list(far)})`,
    add(`foreign key (${list(rest)}) references ${quoted(key.references)} (${list(far)}) on delete restrict`),
  ]);
}

const mutation = (table: Table, what: string, sql: string[]): Mutation => ({
  name: `${nameOf(table)}: ${what}`,
  kind: what.replace(/ (keep_\w+|index \w+|[a-z_]+_(idx|key|words?)) /, " … "),
  sql,
  table: nameOf(table),
});
