import { z } from "zod";
import { professionCodes } from "#server/clinic/professions.ts";
import { id, optionalLine, page, personName, version } from "#server/schema.ts";

export { orderOf, type ProfessionCode, professionCodes } from "#server/clinic/professions.ts";

const card = z.object({
  prefix: optionalLine(20),
  familyName: personName,
  givenName: personName,
  profession: z.enum(professionCodes, "required"),
  /** As the order prints it; orders use letters, digits, hyphens and points. */
  permitNumber: optionalLine(30).refine((text) => /^[\p{L}\d .-]*$/u.test(text), "permitForm"),
  signatureLine: optionalLine(300),
  /** The member of this clinic who is this practitioner; null for one who never signs in. */
  membershipId: id.nullable(),
});

/** `id` is made by the screen that opened the form: sent twice, it is one practitioner. */
export const addPractitionerInput = card.extend({ id });
export type AddPractitionerInput = z.output<typeof addPractitionerInput>;

export const changePractitionerInput = card.extend({ id, version, active: z.boolean() });
export type ChangePractitionerInput = z.output<typeof changePractitionerInput>;

/** Whose signature, on top of the version that the screen shows. */
export const signatureInput = z.object({ id, version });
export type SignatureInput = z.output<typeof signatureInput>;

export const listPractitionersInput = page;
export type ListPractitionersInput = z.output<typeof listPractitionersInput>;
