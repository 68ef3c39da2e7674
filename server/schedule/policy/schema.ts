import { z } from "zod";

/** Browser-safe. Bounds are those of clinic.booking_policy. */

const whole = (least: number, most: number, key: string) => z.int(key).min(least, key).max(most, key);

/** What holds while a clinic has decided nothing: the table's own defaults. */
export const usualPolicy = {
  holdMinutes: 10,
  waitlistAutomatic: false,
  offerMinutes: 120,
  quietFromMinute: 1260,
  quietUntilMinute: 480,
  waitLimitMinutes: 20,
  requestDays: 90,
};

export const policyCard = z.object({
  holdMinutes: whole(2, 30, "schedule.holdMinutes"),
  waitlistAutomatic: z.boolean(),
  offerMinutes: whole(5, 2880, "schedule.offerMinutes"),
  quietFromMinute: whole(0, 1439, "schedule.time"),
  quietUntilMinute: whole(0, 1439, "schedule.time"),
  waitLimitMinutes: whole(5, 240, "schedule.waitLimit"),
  /** Days after which a request that nobody matched is erased. */
  requestDays: whole(7, 730, "schedule.requestDays"),
});

/** The version is 0 while there is no row. */
export const changePolicyInput = policyCard.extend({ version: z.int("malformed").min(0, "malformed") });
export type ChangePolicyInput = z.output<typeof changePolicyInput>;
