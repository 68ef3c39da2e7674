import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { keyOfRecipient, type Recipient } from "#server/membership/recipient-schema.ts";
import { awaitOpening, planEscalation } from "./plan-escalation.ts";
import { ownedBy } from "./task-columns.ts";

interface Before {
  readonly id: string;
  readonly patientId: string | null;
  readonly authorId: string;
  readonly owner: string;
  readonly openedAt: Date | null;
  readonly escalatedAt: Date | null;
  readonly escalateAfterDays: number | null;
  readonly escalatesTo: string | null;
  readonly clinical: boolean;
}

interface Asked {
  readonly owner: string;
  readonly clinical: boolean;
  readonly escalateAfterDays: number | null;
  readonly escalatesTo: Recipient | null;
}

/**
 * The columns of an open task that say whose it is: taken for oneself it is opened; given to somebody else it is unopened, and awaited anew.
 * @throws NotFound, Invalid for somebody who could not be told; Precondition `chart.reasonNeeded` for whoever takes another's without a ground
 */
export async function giveTo(db: Db, ctx: ClinicContext, before: Before, asked: Asked) {
  const now = new Date();
  const { owner } = asked;
  await requireGroundToTake(db, ctx, before, asked);
  if (owner === before.owner && before.openedAt) return { escalatesAt: null };
  const whose = owner === before.owner ? {} : ownedBy(owner);
  if (owner === `user:${ctx.user.id}`)
    return {
      ...whose,
      status: "accepted",
      openedAt: before.openedAt ?? now,
      openedBy: ctx.user.id,
      escalatesAt: null,
      ...(owner !== before.owner && { openedAt: now, escalatedAt: null }),
    };
  // Told already, it stays told until somebody opens it.
  if (owner === before.owner && before.escalatedAt) return {};
  const planned = await planEscalation(db, ctx, asked, now);
  await awaitOpening(db, ctx.clinic.id, before.id, planned);
  return {
    ...whose,
    ...planned,
    ...(owner !== before.owner && { status: "requested", openedAt: null, openedBy: null, escalatedAt: null }),
  };
}

/**
 * What another gave is a ground to open a chart (server/chart/README.md). Nobody gives themselves one by taking over what is in other hands, or by
 * having themselves, their role or their profession told of it.
 */
async function requireGroundToTake(db: Db, ctx: ClinicContext, before: Before, { owner, escalatesTo }: Asked) {
  const keys = recipientKeys(ctx);
  const told = escalatesTo && keyOfRecipient(escalatesTo);
  const takes = keys.includes(owner) && !keys.includes(before.owner);
  const isTold = told !== null && keys.includes(told) && !keys.includes(before.escalatesTo ?? "");
  if (before.patientId && before.authorId !== ctx.user.id && (takes || isTold))
    await db.$queryRaw`select clinic.grounded(${before.patientId}::uuid)`;
}
