import superjson from "superjson";

type Serialized = ReturnType<typeof superjson.serialize>;

/**
 * What `superjson.serialize` gives, once it is JSON (the order in which the dates are named aside), for the lists of plain rows that nearly all answers are: it only
 * looks where the dates are, and copies nothing. Whatever else it meets (undefined, a number that is none, a Map, one object in two places, a key
 * with a dot) is superjson's to write.
 */
export function serializeAnswer(answer: unknown): Serialized {
  const dates: Record<string, ["Date"]> = {};
  if (!isPlain(answer, "", dates, new Set())) return superjson.serialize(answer);
  // Dates become their ISO text as JSON is written.
  const json = answer as Serialized["json"];
  for (const _ in dates) return { json, meta: { values: dates, v: 1 } } as Serialized;
  return { json };
}

function isPlain(value: unknown, path: string, dates: Record<string, ["Date"]>, seen: Set<object>): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (seen.has(value)) return false;
  seen.add(value);
  if (value instanceof Date) {
    if (path === "" || Number.isNaN(value.getTime())) return false;
    dates[path] = ["Date"];
    return true;
  }
  const under = path === "" ? "" : `${path}.`;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) if (!isPlain(value[at], `${under}${at}`, dates, seen)) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype || "toJSON" in value) return false;
  for (const key of Object.keys(value)) {
    if (awkward.test(key)) return false;
    if (!isPlain((value as Record<string, unknown>)[key], `${under}${key}`, dates, seen)) return false;
  }
  return true;
}

const awkward = /[.\\]|^(?:|__proto__|constructor|prototype)$/;
