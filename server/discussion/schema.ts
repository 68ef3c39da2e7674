import { z } from "zod";
import { recipientInput } from "#server/membership/recipient-schema.ts";
import { id, line, optionalText } from "#server/schema.ts";

/** Inputs of what staff write to each other about a patient. Browser-safe. */

const body = optionalText(4000).refine((text) => text !== "", "required");
const participants = z.array(recipientInput).max(20, "tooLong");

/** `id` and `messageId` are made by the screen: sent twice, it is one discussion with one message. */
export const startDiscussionInput = z.object({
  id,
  messageId: id,
  patientId: id,
  subject: line(200),
  body,
  participants: participants.min(1, "required"),
  /** Of care: read by whoever gives care only. */
  clinical: z.boolean(),
});
export type StartDiscussionInput = z.output<typeof startDiscussionInput>;

/** `id` is the message's, made by the screen. Whoever is named joins the discussion. */
export const replyInput = z.object({ id, discussionId: id, body, participants: participants.default([]) });
export type ReplyInput = z.output<typeof replyInput>;

export const readDiscussionInput = z.object({
  id,
  /** The earliest message that is shown: those before it. */
  cursor: id.nullish(),
  refresh: z.boolean().default(false),
});
export type ReadDiscussionInput = z.output<typeof readDiscussionInput>;

/** Read as far as this message. */
export const markReadInput = z.object({ id, messageId: id });
export type MarkReadInput = z.output<typeof markReadInput>;

/** Those in which this person's attention is asked for, those of them that hold something unread, or all. */
export const discussionLists = ["unread", "mine", "all"] as const;
export type DiscussionList = (typeof discussionLists)[number];

export const listDiscussionsInput = z.object({
  list: z.enum(discussionLists).default("mine"),
  /** About this patient only. */
  patientId: id.nullable().default(null),
  /** The last id of the page before. */
  cursor: id.nullish(),
  most: z.int().min(1).max(100).default(30),
  refresh: z.boolean().default(false),
});
export type ListDiscussionsInput = z.output<typeof listDiscussionsInput>;
