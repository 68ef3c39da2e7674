import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { checkRecipient } from "#server/membership/check-recipient.ts";
import { keyOfRecipient, type Recipient, recipientOf } from "#server/membership/recipient-schema.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { escalateTask } from "./jobs.ts";

export const defaultEscalateAfterDays = 3;
const dayMs = 86_400_000;

interface Asked {
  readonly owner: string;
  readonly clinical: boolean;
  readonly escalateAfterDays: number | null;
  readonly escalatesTo: Recipient | null;
}

interface Planned {
  readonly escalatesTo: string;
  readonly escalatesAt: Date;
}

/**
 * Who hears of a task that nobody opened, and when: as the task says, else as the clinic says, else whoever runs the clinic and may read it.
 * @param from counted from this moment
 * @throws NotFound, Invalid for somebody who could not be told
 */
export async function planEscalation(db: Db, ctx: ClinicContext, asked: Asked, from = new Date()): Promise<Planned> {
  const policy = await db.taskPolicy.findFirst({
    where: { clinicId: ctx.clinic.id },
    select: { escalateAfterDays: true, escalatesTo: true },
  });
  const days = asked.escalateAfterDays ?? policy?.escalateAfterDays ?? defaultEscalateAfterDays;
  const escalatesAt = new Date(from.getTime() + days * dayMs);
  const { clinical } = asked;
  // Told to its own owner, it would be told to nobody.
  if (asked.escalatesTo && keyOfRecipient(asked.escalatesTo) !== asked.owner) {
    const escalatesTo = await checkRecipient(db, ctx, asked.escalatesTo, { clinical, field: "escalatesTo" });
    return { escalatesTo, escalatesAt };
  }
  const usual = policy?.escalatesTo && policy.escalatesTo !== asked.owner ? recipientOf(policy.escalatesTo) : undefined;
  const able =
    usual && (await checkRecipient(db, ctx, usual, { clinical, field: "escalatesTo" }).catch(() => undefined));
  return { escalatesTo: able ?? (await whoRuns(db, ctx, asked)), escalatesAt };
}

/** An owner, else an administrator, who may read it and is not whose it is; else whoever gives care, or whoever owns the clinic. */
async function whoRuns(db: Db, { clinic }: ClinicContext, { owner, clinical }: Asked): Promise<string> {
  const member = await db.membership.findFirst({
    where: {
      clinicId: clinic.id,
      status: "active",
      role: { in: ["owner", "administrator"] },
      ...(clinical && { profession: { not: "" } }),
      ...(owner.startsWith("user:") && { userId: { not: owner.slice("user:".length) } }),
    },
    orderBy: [{ role: "desc" }, { id: "asc" }],
    select: { userId: true },
  });
  if (member) return `user:${member.userId}`;
  return clinical ? "role:professional" : "role:owner";
}

/** Asks for the moment when it is told, in the transaction that decided it. */
export async function awaitOpening(db: Db, clinicId: string, taskId: string, { escalatesAt }: Planned): Promise<void> {
  await enqueue(db, escalateTask, { taskId }, { clinicId, runAt: escalatesAt });
}
