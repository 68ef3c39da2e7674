import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";
import { conflict, notFound } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { clinicApproved, clinicSuspended } from "./jobs.ts";
import type { DecideClinicInput } from "./schema.ts";

/**
 * Approves a clinic (also one that was suspended) or suspends it. The decision and who made it stand in the registration;
 * the clinic's own journal and its owners are told by the worker.
 * @throws Conflict `stale` when another operator decided meanwhile; NotFound
 */
export async function decideClinic(ctx: HostContext, input: DecideClinicInput): Promise<void> {
  const { clinicId, version, status } = input;
  const now = new Date();
  await withHost(ctx, async (db) => {
    const { count } = await db.clinicRegistration.updateMany({
      where: { clinicId, version, status: { not: status } },
      data: {
        status,
        ...(status === "approved" && { approvedAt: now, approvedBy: ctx.user.id }),
        lastUpdated: now,
        version: { increment: 1 },
      },
    });
    if (count === 0) {
      const known = await db.clinicRegistration.count({ where: { clinicId } });
      throw known === 0 ? notFound() : conflict("stale");
    }
    const job = status === "approved" ? clinicApproved : clinicSuspended;
    // For no clinic: the host may ask for the platform's own work only.
    await enqueue(db, job, { clinicId, operatorId: ctx.user.id }, { clinicId: null });
  });
}
