import type { Outcome } from "./attempt.ts";
import type { Try } from "./try.ts";

const notAllowed = "42501";
const unknownParent = "23503";
/** What hangs on a row keeps it: 23001 from PostgreSQL 18 on, 23503 before. */
const heldByChildren = ["23001", "23503"];
/** What a key that is no key is answered with: not a uuid, not hexadecimal. */
const malformed = ["22P02", "22023"];

/** undefined when the outcome is what it must be; else a sentence. */
export function faultOf(one: Try, outcome: Outcome, doorOpens: boolean): string | undefined {
  const { table, command, actor, statement } = one;
  const at = `${table} ${command} as ${actor.role} (${actor.login}, ${actor.name}${actor.door ? "" : ", past the door"})`;
  const was = outcome.error ? `${outcome.error} ${outcome.message}` : `${outcome.rows} rows`;
  if (actor.door && !doorOpens)
    return outcome.atDoor
      ? undefined
      : `${at}: the door let in somebody who has no place there: ${was}\n  ${statement}`;
  if (outcome.atDoor) return `${at}: the door refused: ${was}`;
  if (one.allowed) {
    if (outcome.error === null && outcome.rows > 0) return undefined;
    if (one.heldByReferences && heldByChildren.includes(outcome.error ?? "")) return undefined;
    return `${at}: must succeed, and was ${was}\n  ${statement}`;
  }
  if (isRefusal(one, outcome)) return undefined;
  return `${at}: must be refused, and was ${was}\n  ${statement}`;
}

function isRefusal({ command, actor }: Try, { error, rows }: Outcome): boolean {
  if (error === notAllowed) return true;
  if (command === "foreign reference" && error === unknownParent) return true;
  if (actor.name === "malformed" && error !== null && malformed.includes(error)) return true;
  const silent = command === "select" || command === "update" || command === "delete";
  return silent && error === null && rows === 0;
}
