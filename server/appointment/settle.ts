import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { conflict, type DomainError, invalid } from "#server/errors.ts";
import { todayIn } from "#server/patient/today.ts";
import type { Explanation, RefusedDate, TakenDetails } from "./record.ts";

/** What a sitting takes, and why it was forced when it was. */
export interface Settled {
  readonly resourceIds: readonly string[];
  readonly overbookReason: string | null;
}

/**
 * What a time takes: what is free, or what is forced by whoever may and says why. Nobody forces a time that does not exist.
 * @returns null when it is refused
 * @throws Forbidden when a reason is given by somebody who may not overbook
 */
export function settle(
  ctx: ClinicContext,
  explanation: Explanation,
  overbookReason: string | undefined,
): Settled | null {
  if (explanation.free && explanation.resourceIds)
    return { resourceIds: explanation.resourceIds, overbookReason: null };
  if (!overbookReason || explanation.reasons.some(({ code }) => code === "clock")) return null;
  requirePermission(ctx, "appointment:overbook");
  return explanation.forcedIds.length > 0 ? { resourceIds: explanation.forcedIds, overbookReason } : null;
}

/** The refusal, with every reason and the next times that are free; `dates` when it is about a series. */
export function taken(explanation: Explanation, dates: readonly RefusedDate[] = []): DomainError {
  const details: TakenDetails = { reasons: explanation.reasons, next: explanation.next, dates };
  return conflict("appointment.taken", { ...details });
}

/** @throws Invalid beside `date`: a visit is written on a day that has come, or will, and not one that is over */
export function refusePast(date: string, timeZone: string): void {
  if (date < todayIn(timeZone)) throw invalid("invalid", { date: "appointment.past" });
}
