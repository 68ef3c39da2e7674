import { z } from "zod";
import { timeZones } from "#server/clinic/regions.ts";
import { id, line, optionalLine, phoneText, postalCode, version } from "#server/schema.ts";

export { timeZones } from "#server/clinic/regions.ts";

const card = z.object({
  name: line(200),
  addressLine: optionalLine(300),
  city: optionalLine(100),
  postalCode,
  phone: phoneText,
  timeZone: z.enum(timeZones, "required"),
});

/** `id` is made by the screen that opened the form: sent twice, it is one location. */
export const addLocationInput = card.extend({ id });
export type AddLocationInput = z.output<typeof addLocationInput>;

export const changeLocationInput = card.extend({ id, version, active: z.boolean() });
export type ChangeLocationInput = z.output<typeof changeLocationInput>;
