import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";
import { conflict, notFound } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { clinicApproved, clinicReinstated, clinicSuspended } from "./jobs.ts";
import { recordHostEvent } from "./record-host-event.ts";
import type { DecideClinicInput } from "./schema.ts";

const told = {
  "clinic.approved": clinicApproved,
  "clinic.suspended": clinicSuspended,
  "clinic.reinstated": clinicReinstated,
} as const;
export type ClinicDecision = keyof typeof told;

/**
 * Approves a clinic, suspends it, or reinstates one that was suspended. The decision and who made it stand in the registration
 * and in the host's own record; the clinic's own journal and its owners are told by the worker.
 * @throws Conflict `stale` when another operator decided meanwhile; NotFound
 */
export async function decideClinic(ctx: HostContext, input: DecideClinicInput): Promise<void> {
  const { clinicId, version, status } = input;
  const now = new Date();
  await withHost(ctx, async (db) => {
    const before = await db.clinicRegistration.findFirst({ where: { clinicId }, select: { status: true } });
    if (!before) throw notFound();
    const { count } = await db.clinicRegistration.updateMany({
      where: { clinicId, version, status: { not: status } },
      data: {
        status,
        ...(status === "approved" && { approvedAt: now, approvedBy: ctx.user.id }),
        lastUpdated: now,
        version: { increment: 1 },
      },
    });
    if (count === 0) throw conflict("stale");
    const event = decisionOf(before.status, status);
    await recordHostEvent(db, ctx, { event, clinicId, detail: { version: version + 1 } });
    // For no clinic: the host may ask for the platform's own work only.
    await enqueue(db, told[event], { clinicId, operatorId: ctx.user.id }, { clinicId: null });
  });
}

/** A row's version tells its status, so what was read before the guarded change still held then. */
function decisionOf(before: string, status: DecideClinicInput["status"]): ClinicDecision {
  if (status === "suspended") return "clinic.suspended";
  return before === "suspended" ? "clinic.reinstated" : "clinic.approved";
}
