import { z } from "zod";
import { id, optionalLine, page, version } from "#server/schema.ts";

export const messageKinds = ["confirmation", "moved", "cancelled", "reminder"] as const;
export type MessageKind = (typeof messageKinds)[number];
export const messageChannels = ["email", "sms"] as const;
export type MessageChannel = (typeof messageChannels)[number];
export const messageStates = [
  "planned",
  "sending",
  "sent",
  "delivered",
  "failed",
  "bounced",
  "unknown",
  "skipped",
  "cancelled",
] as const;
export type MessageState = (typeof messageStates)[number];

/** What a message is for (AC-62). Each kind says its own: one that is promotional leaves to who agreed to it, and to nobody else. */
export const classOf = {
  confirmation: "care",
  moved: "care",
  cancelled: "care",
  reminder: "care",
} as const satisfies Record<MessageKind, MessageClass>;
export type MessageClass = "care" | "promotional";

export type ConsentState = "unasked" | "granted" | "withdrawn";
/** How somebody told the clinic. */
export const promotionWays = ["in-person", "phone", "written"] as const;
/** Or by themselves: by the link of a mail, or a STOP. */
export type PromotionSource = (typeof promotionWays)[number] | "link" | "stop";

export const readPromotionInput = z.object({ patientId: id });
export type ReadPromotionInput = z.output<typeof readPromotionInput>;
export const changePromotionInput = z.object({
  patientId: id,
  contactId: id,
  granted: z.boolean(),
  source: z.enum(promotionWays, "required"),
  /** null while nothing was ever written to the address. */
  version: version.nullable(),
});
export type ChangePromotionInput = z.output<typeof changePromotionInput>;

/** What a text may say besides its own words (AC-63), as each language writes it: `{date}`, `{heure}` or `{time}`. */
export const mergeFields = {
  clinic: { fr: "clinique", en: "clinic" },
  when: { fr: "quand", en: "when" },
  date: { fr: "date", en: "date" },
  time: { fr: "heure", en: "time" },
  phone: { fr: "telephone", en: "phone" },
  link: { fr: "lien", en: "link" },
} as const;
export type MergeField = keyof typeof mergeFields;

const rule = z.object({
  channel: z.enum(messageChannels, "required"),
  beforeMinutes: z.int("required").min(30, "reminder.before").max(43_200, "reminder.before"),
  /** Empty: every service. */
  serviceIds: z.array(id).max(100, "tooLong"),
  evenConfirmed: z.boolean(),
  active: z.boolean(),
});

/** `id` is made by the screen that opened the form: sent twice, it is one rule. */
export const addRuleInput = rule.extend({ id });
export type AddRuleInput = z.output<typeof addRuleInput>;
export const changeRuleInput = rule.extend({ id, version });
export type ChangeRuleInput = z.output<typeof changeRuleInput>;

const words = z.object({
  kind: z.enum(messageKinds),
  channel: z.enum(messageChannels),
  locale: z.enum(["fr", "en"]),
  subject: optionalLine(150),
  /** Empty: ours. */
  body: z
    .string()
    .max(2000, "tooLong")
    .transform((text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim()),
});
export const previewInput = words;
export type PreviewInput = z.output<typeof previewInput>;
export const changeWordingInput = words.extend({ version: version.nullable() });
export type ChangeWordingInput = z.output<typeof changeWordingInput>;

export const listMessagesInput = z.object({
  ...page.shape,
  /** `attention`: what a person should look at. */
  show: z.enum(["attention", "planned", "sent", "all"]).default("attention"),
});
export type ListMessagesInput = z.output<typeof listMessagesInput>;

/** `id` is the new message's. */
export const resendInput = z.object({ id, messageId: id });
export type ResendInput = z.output<typeof resendInput>;

export const resumeContactInput = z.object({ messageId: id });
export type ResumeContactInput = z.output<typeof resumeContactInput>;

export const unsubscribeInput = z.object({
  slug: z.string().regex(/^[a-z0-9-]{3,60}$/, "malformed"),
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "malformed"),
});
