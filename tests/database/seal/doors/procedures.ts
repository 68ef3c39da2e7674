import { z } from "zod";
import type { Guard } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/router.ts";

/** Every procedure there is, read from the router, so that a new one is tried without anyone remembering. */
export interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation";
  readonly guard: Guard | undefined;
  /** What its input may hold; none when it takes nothing. */
  readonly inputs: readonly z.ZodType[];
}

interface Definition {
  readonly _def: { type: "query" | "mutation"; meta?: { guard?: Guard }; inputs: z.ZodType[] };
}

export const procedures: readonly Procedure[] = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { type, meta, inputs } = (procedure as unknown as Definition)._def;
  return { path, type, guard: meta?.guard, inputs };
});

/** The procedures behind one kind of guard, for `it.each`. */
export function behind<Kind extends Guard["kind"]>(kind: Kind) {
  type Guarded = Procedure & { readonly guard: Extract<Guard, { kind: Kind }> };
  return procedures.filter((one): one is Guarded => one.guard?.kind === kind).map((one) => [one.path, one] as const);
}

/**
 * Where an input may hold an id, optional ones included: `patientId`, `target.userId`, `locationIds.*`. Read from the input's own
 * schema: a new id is found the day it is declared.
 */
export function idPlaces({ inputs }: Procedure): string[] {
  const found = inputs.flatMap((input) =>
    placesIn(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Schema, ""),
  );
  return [...new Set(found)];
}

interface Schema {
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

function placesIn(schema: Schema, at: string): string[] {
  const under = (name: string) => (at === "" ? name : `${at}.${name}`);
  return [
    ...(schema.format === "uuid" ? [at] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => placesIn(property, under(name))),
    ...(schema.items ? placesIn(schema.items, under("*")) : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => placesIn(one, at)),
  ];
}
