import { z } from "zod";
import { day, id, line, locale, optionalLine } from "#server/schema.ts";

/** Inputs of what leaves a chart and of its register. Browser-safe. */

export const channels = ["link", "fax", "hand", "mail", "telephone", "other"] as const;
export type Channel = (typeof channels)[number];
/** The ways that documents go; the rest is told. */
export const sendingChannels = ["link", "fax", "hand", "mail"] as const;
export type SendingChannel = (typeof sendingChannels)[number];

export const purposes = [
  "care",
  "patient-request",
  "transfer",
  "insurer",
  "employer",
  "public-body",
  "court",
  "other",
] as const;
export type Purpose = (typeof purposes)[number];

/** What allows it: the care that is given, the person's consent, a law, an emergency. */
export const grounds = ["care", "consent", "law", "emergency"] as const;
export type DisclosureGround = (typeof grounds)[number];

export const recipientKinds = ["correspondent", "patient", "related", "other"] as const;
export type RecipientKind = (typeof recipientKinds)[number];

/** Documents of one sending; more is a chart, which goes as one file. */
export const mostDocuments = 50;
/** Bytes of the documents of one fax: its pages are made in memory, and no machine prints a thousand of them. */
export const mostFaxedBytes = 50 * 1024 * 1024;
/** How long a link lives unless somebody says otherwise, and at most (days). */
export const usualDays = 14;
export const mostDays = 30;
/** Tries of a code. */
export const mostTries = 5;

const recipient = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("correspondent"), id }),
  z.object({ kind: z.literal("patient") }),
  z.object({ kind: z.literal("related"), id }),
  z.object({ kind: z.literal("other"), name: line(200) }),
]);
export type RecipientInput = z.output<typeof recipient>;

const why = {
  recipient,
  purpose: z.enum(purposes, "required"),
  ground: z.enum(grounds, "required"),
  justification: optionalLine(500).default(""),
  /** The patient's live refusals that whoever sends has read, and why it goes all the same. */
  refusals: z.array(id).max(50).default([]),
  refusalReason: optionalLine(500).default(""),
  language: locale,
};

interface Why {
  readonly purpose: Purpose;
  readonly ground: DisclosureGround;
  readonly justification: string;
  readonly refusals: readonly string[];
  readonly refusalReason: string;
}

const isJustified = (one: Why, ctx: z.RefinementCtx) => {
  const needed = one.purpose === "other" || one.ground === "law" || one.ground === "emergency";
  if (needed && one.justification === "")
    ctx.addIssue({ code: "custom", path: ["justification"], message: "communication.justify" });
  if (one.refusals.length > 0 && [...one.refusalReason].length < 10)
    ctx.addIssue({ code: "custom", path: ["refusalReason"], message: "communication.refusalReason" });
};

/** `id` is made by the screen: pressed twice, it goes once. */
export const sendInput = z
  .object({
    id: z.uuidv7("malformed"),
    patientId: id,
    documentIds: z.array(id).max(mostDocuments, "tooLong"),
    /** The whole chart, as it was made into one file. */
    chartExportId: id.nullable().default(null),
    channel: z.enum(sendingChannels, "required"),
    /** An e-mail address, a fax number, or where it was mailed. */
    contact: optionalLine(254).default(""),
    codeBy: z.enum(["telephone", "sms"]).default("telephone"),
    mobile: optionalLine(40).default(""),
    days: z.int("malformed").min(1, "malformed").max(mostDays, "communication.tooLong").default(usualDays),
    ...why,
  })
  .superRefine((one, ctx) => {
    if (one.documentIds.length === 0 && !one.chartExportId)
      ctx.addIssue({ code: "custom", path: ["documentIds"], message: "required" });
    if (one.channel === "link" && !z.email().safeParse(one.contact).success)
      ctx.addIssue({ code: "custom", path: ["contact"], message: one.contact === "" ? "required" : "email" });
    if (one.channel === "fax" && one.contact === "")
      ctx.addIssue({ code: "custom", path: ["contact"], message: "required" });
    if (one.channel === "link" && one.codeBy === "sms" && one.mobile === "")
      ctx.addIssue({ code: "custom", path: ["mobile"], message: "required" });
    isJustified(one, ctx);
  });
export type SendInput = z.output<typeof sendInput>;

/** What was told without a document: by telephone, in person. */
export const tellInput = z
  .object({
    id: z.uuidv7("malformed"),
    patientId: id,
    channel: z.enum(["telephone", "hand", "other"], "required"),
    contact: optionalLine(254).default(""),
    /** What kind of information, in words. */
    nature: line(500),
    occurredAt: z.coerce.date("malformed"),
    ...why,
  })
  .superRefine(isJustified);
export type TellInput = z.output<typeof tellInput>;

export const prepareInput = z.object({
  patientId: id,
  documentIds: z.array(id).max(mostDocuments, "tooLong").default([]),
  chartExportId: id.nullable().default(null),
  /** To whom of the directory what goes is written: how they are reached comes with the answer. */
  correspondentId: id.nullable().default(null),
});
export type PrepareInput = z.output<typeof prepareInput>;

export const communicationRef = z.object({ id });

export const renewCodeInput = z.object({ id, codeBy: z.enum(["telephone", "sms"]).default("telephone") });
export type RenewCodeInput = z.output<typeof renewCodeInput>;

export const markFaxedInput = z.object({
  id,
  /** The number that it was faxed to, where it is another. */
  number: optionalLine(40).default(""),
  at: z.coerce.date("malformed"),
});
export type MarkFaxedInput = z.output<typeof markFaxedInput>;

/** Of one chart, the latest first. */
export const listCommunicationsInput = z.object({
  patientId: id,
  /** The last id of the page before. */
  cursor: id.nullish(),
  most: z.int().min(1).max(100).default(30),
  refresh: z.boolean().default(false),
});
export type ListCommunicationsInput = z.output<typeof listCommunicationsInput>;

export const toLookAtInput = z.object({ refresh: z.boolean().default(false) });

export const registerFilter = z.object({
  from: day.optional(),
  until: day.optional(),
  patientId: id.optional(),
  /** Any part of the recipient's name, in any case. */
  recipient: z.string().max(200, "tooLong").default(""),
  /** The law's register is of what goes to others: what went to the patient is shown when it is asked for. */
  withPatient: z.stringbool().or(z.boolean()).default(false),
});
export type RegisterFilter = z.output<typeof registerFilter>;

export const listRegisterInput = registerFilter.extend({
  after: id.optional(),
  most: z.int().min(1).max(100).default(50),
  refresh: z.boolean().default(false),
});
export type ListRegisterInput = z.output<typeof listRegisterInput>;

/** Six digits, however they were typed. */
export const openLinkInput = z.object({
  code: z
    .string("required")
    .max(40, "communication.codeForm")
    .transform((text) => text.replaceAll(/\D/g, ""))
    .refine((digits) => digits.length === 6, "communication.codeForm"),
});
