import { z } from "zod";
import { id, optionalLine } from "#server/schema.ts";

/** What a subscriber is told: that one is busy; or whose visit it is, by initials; or by name, with the service. */
export const feedLevels = ["busy", "initials", "full"] as const;
export type FeedLevel = (typeof feedLevels)[number];

/** More live addresses than this and nobody knows any more which program holds which. */
export const mostFeeds = 10;

export const makeFeedInput = z.object({
  id,
  practitionerId: id,
  level: z.enum(feedLevels, "required"),
  label: optionalLine(100),
});
export type MakeFeedInput = z.output<typeof makeFeedInput>;

export const listFeedsInput = z.object({ practitionerId: id });
export const revokeFeedInput = z.object({ id });
