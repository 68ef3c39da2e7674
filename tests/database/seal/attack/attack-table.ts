import { type Catalogue, nameOf, type Table } from "../catalogue/catalogue.ts";
import { conjuncts } from "../catalogue/condition.ts";
import { serving } from "../expected/roles.ts";
import type { World } from "../rows/make-world.ts";
import { actorsOf } from "./actors.ts";
import { attackKeys } from "./attack-keys.ts";
import { attackOwners } from "./attack-owners.ts";
import { attackParents } from "./attack-parents.ts";
import { covers, type Letter, type Rights, rightsOf } from "./rights.ts";
import { insert, remove, select, selectOthers, update, upsert } from "./statements.ts";
import { may, type Try, type Worlds } from "./try.ts";

/** Everything that is tried on one table, by every role or by those named. */
export function attackTable(
  catalogue: Catalogue,
  table: Table,
  { ours, theirs }: Worlds,
  roles: readonly string[] = serving,
): Try[] {
  return roles.flatMap((role) => [
    ...attackRows(catalogue, table, role, ours, theirs),
    ...attackOwners(table, role, ours, theirs),
    ...attackParents(table, role, ours, theirs),
    ...attackKeys(table, role, ours, theirs),
  ]);
}

/** What a command takes: PostgreSQL asks for SELECT wherever a statement names the row that it means. */
const needs = { select: "S", insert: "I", update: "SU", delete: "SD", upsert: "SIU" } as const;
type RowCommand = keyof typeof needs;

function attackRows(catalogue: Catalogue, table: Table, role: string, ours: World, theirs: World): Try[] {
  const name = nameOf(table);
  const rights = rightsOf(name, role);
  const target = theirs.target(name);
  const candidate = rights.I ? theirs.candidate(name) : { row: target, world: theirs };
  const own = ours.target(name);
  const held = catalogue.tables.some(({ constraints }) => constraints.some(({ references }) => references === name));
  const hasRight = (command: RowCommand) => [...needs[command]].every((letter) => rights[letter as Letter]);
  const statements = {
    select: select(table, target, rights),
    insert: insert(table, candidate.row, rights.I),
    update: update(table, target, rights),
    delete: remove(table, target, rights),
    upsert: upsert(table, target, rights),
  };
  return (Object.keys(needs) as RowCommand[]).flatMap((command) => {
    const row = command === "insert" ? candidate.row : target;
    const everybody = actorsOf(name, role, row, command === "insert" ? candidate.world : theirs, own, ours);
    // Who lacks the right is refused whoever they are: the rightful one's refusal says it for all.
    const actors = hasRight(command) ? everybody : everybody.filter((actor) => actor.name === "rightful");
    const statement = statements[command];
    const base = {
      table: name,
      command,
      proof: `${name} ${role} ${command}`,
      heldByReferences: command === "delete" && held,
    };
    const tries = actors.map((actor): Try => {
      const allowed = [...needs[command]].every((letter) => may(rights, letter as Letter, row, actor));
      return { ...base, actor, statement, allowed };
    });
    const strangers = actors.filter(
      (actor) => command === "select" && actor.name === "other clinic" && asksClinic(rights),
    );
    return [
      ...tries,
      ...strangers.map(
        (actor): Try => ({
          ...base,
          actor,
          statement: selectOthers(table, actor.keys.clinic_id ?? ""),
          allowed: false,
        }),
      ),
    ];
  });
}

const asksClinic = ({ S }: Rights) =>
  S !== undefined && conjuncts(S.using).includes("clinic_id=@clinic_id") && covers(S, "clinic_id");
