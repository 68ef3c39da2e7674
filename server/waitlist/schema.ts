import { z } from "zod";
import { id, line, locale, optionalLine, page, personName, phoneText, version } from "#server/schema.ts";

/** How the clinic chooses among those who could take a freed time. */
export const waitlistRules = ["arrival", "priority", "deadline"] as const;
export type WaitlistRule = (typeof waitlistRules)[number];

const minute = z.int("malformed").min(0, "malformed").max(1440, "malformed");

/** What somebody would take: empty lists and null are « any ». Minutes since midnight, in the place's own time. */
const wish = z.object({
  serviceId: id,
  locationId: id.nullable(),
  resourceIds: z.array(id).max(20, "malformed"),
  /** ISO 8601: 1 is Monday. */
  weekdays: z
    .array(z.int().min(1).max(7))
    .max(7, "malformed")
    .transform((days) => [...new Set(days)].sort()),
  fromMinute: minute,
  untilMinute: minute,
  untilDate: z.iso.date("malformed").nullable(),
});
export type Wish = z.output<typeof wish>;

const ordered = ({ fromMinute, untilMinute }: { fromMinute: number; untilMinute: number }) => fromMinute < untilMinute;
const hours = { path: ["untilMinute"], message: "waitlist.hours" };

/** 1 is the most pressing. */
const forStaff = { priority: z.int("malformed").min(1, "malformed").max(3, "malformed"), note: optionalLine(300) };

const card = wish.extend(forStaff);
const newCard = card.extend({ patientId: id });

/** What a form judges: a schema that is refined can have nothing taken from it. */
export const entryCard = card.refine(ordered, hours);
export const newEntryCard = newCard.refine(ordered, hours);

/** `id` is made by the screen: sent twice, it is one entry. */
export const addEntryInput = newCard.extend({ id }).refine(ordered, hours);
export type AddEntryInput = z.output<typeof addEntryInput>;

export const changeEntryInput = card.extend({ id, version }).refine(ordered, hours);
export type ChangeEntryInput = z.output<typeof changeEntryInput>;

export const removeEntryInput = z.object({ id, version });
export const listEntriesInput = page.extend({ serviceId: id.optional() });
export type ListEntriesInput = z.output<typeof listEntriesInput>;

export const offerTimeInput = z.object({
  freedTimeId: id,
  entryIds: z.array(id).min(1, "required").max(20, "malformed"),
});
export type OfferTimeInput = z.output<typeof offerTimeInput>;
export const freedTimeInput = z.object({ freedTimeId: id });

export const changeRuleInput = z.object({
  automatic: z.boolean(),
  rule: z.enum(waitlistRules, "required"),
  batch: z.int("malformed").min(1, "malformed").max(20, "malformed"),
  offerMinutes: z.int("malformed").min(5, "malformed").max(2880, "malformed"),
  /** null while the clinic has written none of its rules of booking. */
  version: version.nullable(),
});
export type ChangeRuleInput = z.output<typeof changeRuleInput>;

/** What a visitor says of themselves; the address is the one that they proved with a code, never one that is sent along. */
export const joinInput = wish
  .extend({
    id,
    personId: id,
    givenName: personName,
    familyName: personName,
    birthDate: z.iso.date("malformed").nullable(),
    phone: phoneText,
    locale,
    newPatient: z.boolean(),
    noticeVersion: line(40),
  })
  .refine(ordered, hours);
export type JoinInput = z.output<typeof joinInput>;

export const soonerInput = z.object({ id });
/** As staff ask it for somebody's visit. */
export const addSoonerInput = z.object({ id, appointmentId: id });
export type AddSoonerInput = z.output<typeof addSoonerInput>;
export const declineInput = z.object({ leave: z.boolean() });
