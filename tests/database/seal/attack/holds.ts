import { split } from "../catalogue/condition.ts";
import type { Row } from "../rows/row.ts";

/** The keys of a transaction (settings `app.*`), as somebody enters with them. */
export type Keys = Readonly<Record<string, string | undefined>>;

/** Whether a row meets a condition of the page of who may do what, for somebody who entered with these keys. */
export function holds(condition: string, row: Row, keys: Keys): boolean {
  const ways = split(condition, "|");
  if (ways.length > 1) return ways.some((way) => holds(way, row, keys));
  const parts = split(condition, "&");
  if (parts.length > 1) return parts.every((part) => holds(part, row, keys));
  return atomHolds(condition, row, keys);
}

function atomHolds(atom: string, row: Row, keys: Keys): boolean {
  const text = (column = "") => row[column]?.text ?? null;
  const key = (name = "") => keys[name] ?? null;
  if (atom === "true") return true;
  // Public lists of `reference`: the same for every clinic.
  if (atom === "no row security") return true;
  // What a restriction hides has tests of its own; nobody is restricted here.
  if (atom === "unrestricted" || atom === "unmixed") return true;
  // Rows made here are private to nobody; what is has tests of its own.
  if (atom === "addressed") return true;
  if (atom === "clinical") return key("clinical") === "on";
  // Rows made here are of care.
  if (atom === "suited") return key("clinical") === "on";
  if (atom === "handled")
    return key("clinical") === "on" || text("status") === "received" || text("handled_by") === key("user_id");
  // So has what a member who is limited to some places sees (membership/places.test.ts).
  if (atom === "placed" || atom === "placed-or-anywhere") return true;
  let found = /^(\w+)=@(\w+)$/.exec(atom);
  if (found) return text(found[1]) !== null && text(found[1]) === key(found[2]);
  found = /^(\w+)~@(\w+)$/.exec(atom);
  if (found) return text(found[1]) === key(found[2]);
  found = /^@(\w+)-(given|absent)$/.exec(atom);
  if (found) return (key(found[1]) !== null) === (found[2] === "given");
  found = /^@(\w+) = '([^']+)'::uuid$/.exec(atom);
  if (found) return key(found[1]) === found[2];
  found = /^(\w+) IS NULL$/.exec(atom);
  if (found) return !(found[1] && found[1] in row);
  found = /^(\w+) IS DISTINCT FROM @(\w+)$/.exec(atom);
  if (found) return text(found[1]) !== key(found[2]);
  found = /^(\w+) <> '([^']+)'::text$/.exec(atom);
  if (found) return text(found[1]) !== null && text(found[1]) !== found[2];
  found = /^(\w+) IS NOT NULL$/.exec(atom);
  if (found) return (found[1] ?? "") in row;
  found = /^(\w+) = '([^']+)'::text$/.exec(atom);
  if (found) return text(found[1]) === found[2];
  found = /^(\w+) = ANY \(ARRAY\[(.*)\]\)$/.exec(atom);
  if (found) return found[2]?.includes(`'${text(found[1])}'::text`) ?? false;
  // Nothing made here is overbooked; a hold made here ran out an hour ago.
  if (atom === "blocking" || atom === "hold_expires_at < now()") return true;
  // Rows made here expire within the hour.
  if (atom === "expires_at > now()") return "expires_at" in row;
  if (atom === "expires_at <= (now() + '12:00:00'::interval)") return true;
  if (atom === "expires_at < (now() - '7 days'::interval)") return false;
  throw new Error(`attack/holds.ts does not know the condition "${atom}": teach it`);
}

/** Keys that a condition itself names with a fixed value. */
export function fixedKeys(condition: string): Record<string, string> {
  return Object.fromEntries(
    [...condition.matchAll(/@(\w+) = '([^']+)'::uuid/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}
