import { access } from "../expected/access.ts";
import type { World } from "../rows/make-world.ts";
import type { Row } from "../rows/row.ts";
import { type Actor, loginsOf, rightfulKeys } from "./actors.ts";
import { holds } from "./holds.ts";
import type { Letter, Rights } from "./rights.ts";

export type Command =
  | "select"
  | "insert"
  | "update"
  | "delete"
  | "upsert"
  | "foreign reference"
  | "other owner"
  | "same key";

/** One statement that somebody tries, and whether it must succeed. */
export interface Try {
  readonly table: string;
  readonly command: Command;
  readonly actor: Actor;
  readonly statement: string;
  readonly allowed: boolean;
  /** The same statement in the hands of somebody else shows that the refusal is not for another cause. */
  readonly proof: string;
  /** A delete that comes as far as the rows that hang on it was let through by row security. */
  readonly heldByReferences: boolean;
}

/** Two worlds that try each other's rows: `theirs` is attacked, `ours` attacks. */
export interface Worlds {
  readonly ours: World;
  readonly theirs: World;
}

/** Whether the page lets this actor do this with this row. */
export function may(rights: Rights, letter: Letter, row: Row, actor: Actor): boolean {
  const right = rights[letter];
  if (!right) return false;
  const written = letter === "I" || letter === "U";
  // A key that is no key meets no condition; where none is asked for, it does no harm.
  if (
    actor.name === "malformed" &&
    ((letter !== "I" && right.using.includes("@")) || (written && right.check.includes("@")))
  )
    return false;
  return (letter === "I" || holds(right.using, row, actor.keys)) && (!written || holds(right.check, row, actor.keys));
}

/** Whoever may, by each login that may become the role; the worker, acting for nobody, gives no care and is no row's author. */
export const rightful = (table: string, role: string, row: Row, world: World): Actor[] =>
  loginsOf(role)
    .filter((login) => !(login === "worker" && role === "staff" && isOfCare(table)))
    .map((login) => {
      const keys = rightfulKeys(table, role, row, world);
      return {
        name: "rightful",
        login,
        role,
        door: true,
        keys: login === "worker" && role === "staff" ? { ...keys, user_id: undefined } : keys,
      };
    });

const isOfCare = (table: string) =>
  /\bclinical\b|\bsuited\b|\bhandled\b|& author_id=@user_id$/.test(access[table]?.staff ?? "");
