import { z } from "zod";

/**
 * The only payload a job may carry: the named ids, each a UUID, and nothing else (AC-72). A handler re-reads the rest under
 * its own role, so that a queue, its backup or its operator never holds a name, an address or a text.
 *
 * Names instead of a shape: whoever writes a job cannot slip in a string, even by mistake.
 */
export function ids<const Names extends readonly [string, ...string[]]>(...names: Names) {
  const shape = Object.fromEntries(names.map((name) => [name, z.uuid()])) as Record<Names[number], z.ZodUUID>;
  return z.strictObject(shape);
}

/** For a job that needs no id at all, such as a sweep. */
export const noIds = z.strictObject({});
