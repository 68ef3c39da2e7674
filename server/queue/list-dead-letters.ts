import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";

export interface DeadLetter {
  id: string;
  clinicId: string | null;
  job: string;
  /** A code of ours, an SQLSTATE, a system error's name: never a message. */
  errorCode: string;
  attempts: number;
  failedAt: Date;
  replayedAt: Date | null;
  /** The job that the replay became; null while the relay has not put it back yet. */
  requeuedAs: string | null;
}

/** The jobs that failed for good, newest first, one page at a time (`before`: the last id of the page before). */
export async function listDeadLetters(
  ctx: HostContext,
  input: { most: number; before?: string | undefined },
): Promise<DeadLetter[]> {
  const { most, before } = input;
  return withHost(ctx, (db) =>
    db.deadLetter.findMany({
      // UUIDv7: the id's order is the order of failing.
      ...(before && { where: { id: { lt: before } } }),
      orderBy: { id: "desc" },
      take: most,
      select: {
        id: true,
        clinicId: true,
        job: true,
        errorCode: true,
        attempts: true,
        failedAt: true,
        replayedAt: true,
        requeuedAs: true,
      },
    }),
  );
}
