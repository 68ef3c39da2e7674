import { nameOf, type Table } from "../catalogue/catalogue.ts";
import { narrowedByTrigger } from "../expected/exceptions.ts";
import { isSingle, type World } from "../rows/make-world.ts";
import type { Row } from "../rows/row.ts";
import { covers, rightsOf } from "./rights.ts";
import { insert, primaryKey, updateTo } from "./statements.ts";
import { may, rightful, type Try } from "./try.ts";

/** Pointing at another clinic's row from one's own. */
export function attackParents(table: Table, role: string, ours: World, theirs: World): Try[] {
  const name = nameOf(table);
  if (narrowedByTrigger.includes(`${name} ${role}`)) return [];
  const rights = rightsOf(name, role);
  const keys = table.constraints.filter(
    ({ type, columns }) => type === "f" && columns[0] === "clinic_id" && columns.length > 1,
  );
  return keys.flatMap((key) => {
    const fill = key.columns.filter((column) => column !== "clinic_id");
    const single = isSingle(table);
    const row = ours.fresh(name, fill);
    const parent = theirs.target(key.references ?? "");
    const foreign = Object.fromEntries(
      key.columns.flatMap((column, at) =>
        column === "clinic_id" ? [] : [[column, parent[key.referencedColumns?.[at] ?? ""] as Row[string]]],
      ),
    );
    const proof = `${name} ${role} foreign reference ${key.name}`;
    const base = { table: name, command: "foreign reference" as const, proof, heldByReferences: false };
    const tries: Try[] = [];
    if (covers(rights.I, fill[0] ?? "") && !single)
      for (const actor of rightful(name, role, row, ours)) {
        const allowed = may(rights, "I", row, actor);
        tries.push({ ...base, actor, statement: insert(table, row, rights.I), allowed });
        tries.push({ ...base, actor, statement: insert(table, { ...row, ...foreign }, rights.I), allowed: false });
      }
    const own = ours.target(name);
    if (covers(rights.U, fill[0] ?? "") && !fill.some((column) => primaryKey(table).includes(column)))
      for (const actor of rightful(name, role, own, ours)) {
        const home = Object.fromEntries(fill.map((column) => [column, row[column] as Row[string]]));
        tries.push({
          ...base,
          actor,
          statement: updateTo(table, own, rights, home),
          allowed: may(rights, "U", own, actor),
        });
        tries.push({ ...base, actor, statement: updateTo(table, own, rights, foreign), allowed: false });
      }
    return tries;
  });
}
