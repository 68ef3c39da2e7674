import { z } from "zod";
import { id, line, optionalLine, version } from "#server/schema.ts";

const card = z.object({
  name: line(200),
  /** « salle d’examen », « ultrason »: a service may ask for any of a type. */
  type: optionalLine(100),
  locationId: id,
});

/** `id` is made by the screen that opened the form: sent twice, it is one room. */
export const addResourceInput = card.extend({ id, kind: z.enum(["room", "device"], "required") });
export type AddResourceInput = z.output<typeof addResourceInput>;

export const changeResourceInput = card.extend({ id, version, active: z.boolean() });
export type ChangeResourceInput = z.output<typeof changeResourceInput>;
