import { nameOf, type Table } from "../catalogue/catalogue.ts";
import type { World } from "../rows/make-world.ts";
import { ownerColumns } from "../rows/owner-columns.ts";
import type { Row } from "../rows/row.ts";
import { covers, rightsOf } from "./rights.ts";
import { updateTo } from "./statements.ts";
import { rightful, type Try } from "./try.ts";

/** What says whose a row is; other keys (a hash, an address) only find it. */
const owners = ["clinic_id", "user_id", "patient_id"];

/** Giving one's own row to somebody else. */
export function attackOwners(table: Table, role: string, ours: World, theirs: World): Try[] {
  const name = nameOf(table);
  const rights = rightsOf(name, role);
  const [own, other] = [ours.target(name), theirs.target(name)];
  const columns = Object.entries(ownerColumns(name, role)).filter(
    ([column, key]) =>
      owners.includes(key) &&
      covers(rights.U, column) &&
      other[column]?.text &&
      other[column]?.text !== own[column]?.text,
  );
  return columns.flatMap(([column]) =>
    rightful(name, role, own, ours).map((actor): Try => {
      const statement = updateTo(table, own, rights, { [column]: other[column] as Row[string] });
      return {
        table: name,
        command: "other owner",
        actor,
        statement,
        allowed: false,
        proof: `${name} ${role} update`,
        heldByReferences: false,
      };
    }),
  );
}
