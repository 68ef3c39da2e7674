import { nameOf, type Table } from "../catalogue/catalogue.ts";
import type { World } from "../rows/make-world.ts";
import { ownerColumns } from "../rows/owner-columns.ts";
import type { Row } from "../rows/row.ts";
import { covers, rightsOf } from "./rights.ts";
import { insert } from "./statements.ts";
import { may, rightful, type Try } from "./try.ts";

/** Keys are per clinic: the same number, name or hour as another clinic's is free, and tells nothing. */
export function attackKeys(table: Table, role: string, ours: World, theirs: World): Try[] {
  const name = nameOf(table);
  const rights = rightsOf(name, role);
  if (!rights.I) return [];
  const parents = table.constraints.filter(({ type }) => type === "f").flatMap(({ columns }) => columns);
  const keys = table.indexes.filter(
    ({ unique, first, columns, ofConstraint }) =>
      (unique || ofConstraint) && first === "clinic_id" && columns.length > 1,
  );
  return keys.flatMap((key) => {
    const shared = key.columns.filter((column): column is string => column !== null && column !== "clinic_id");
    const { row, world } = ours.candidate(name);
    const other = theirs.target(name);
    const owners = ownerColumns(name, role);
    if (
      shared.some(
        (column) => parents.includes(column) || column in owners || !covers(rights.I, column) || !other[column],
      )
    )
      return [];
    const same = { ...row, ...Object.fromEntries(shared.map((column) => [column, other[column] as Row[string]])) };
    if (name === "clinic.patient" && shared.includes("id")) same.patient_id = other.id as Row[string];
    return rightful(name, role, row, world).map(
      (actor): Try => ({
        table: name,
        command: "same key",
        actor,
        statement: insert(table, same, rights.I),
        allowed: may(rights, "I", row, actor),
        proof: `${name} ${role} same key ${key.name}`,
        heldByReferences: false,
      }),
    );
  });
}
