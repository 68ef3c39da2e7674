import type { Db } from "#server/db/database.ts";
import type { MessageChannel, MessageKind, MessageState } from "./schema.ts";

/** A reminder rule as every verb returns it. */
export interface RuleRecord {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly beforeMinutes: number;
  /** Empty: every service. */
  readonly serviceIds: readonly string[];
  readonly evenConfirmed: boolean;
  readonly active: boolean;
  readonly version: number;
  readonly lastUpdated: Date;
}

/** The clinic's rules, the earliest reminder first. A clinic has a few; fifty is the most that is shown. */
export async function readRules(db: Db, clinicId: string, ruleId?: string): Promise<RuleRecord[]> {
  const rows = await db.reminderRule.findMany({
    where: { clinicId, ...(ruleId && { id: ruleId }) },
    orderBy: [{ beforeMinutes: "desc" }, { id: "asc" }],
    take: 50,
    select: {
      id: true,
      channel: true,
      beforeMinutes: true,
      allServices: true,
      evenConfirmed: true,
      active: true,
      version: true,
      lastUpdated: true,
      reminderRuleServiceRuleRefs: { select: { serviceId: true } },
    },
  });
  return rows.map(({ channel, allServices, reminderRuleServiceRuleRefs: services, ...rule }) => ({
    ...rule,
    channel: channel as MessageChannel,
    serviceIds: allServices ? [] : services.map(({ serviceId }) => serviceId),
  }));
}

/** A message in the list. No address and no text: they are not kept. */
export interface MessageRecord {
  readonly id: string;
  readonly appointmentId: string;
  /** null: not for this reader. */
  readonly person: string | null;
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  readonly status: MessageState;
  /** Why it was not sent; a closed word. */
  readonly reason: string;
  readonly errorCode: string | null;
  readonly segments: number | null;
  readonly dueAt: Date;
  readonly settledAt: Date | null;
  readonly startsAt: Date;
  readonly timeZone: string;
  readonly late: boolean;
  /** A person may send it again: it did not arrive, or nobody knows, and the visit is to come. */
  readonly mayResend: boolean;
  /** The person wanted no more, or the address was refused: on their word it may begin again. */
  readonly mayResume: boolean;
}
