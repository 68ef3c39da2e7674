import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";
import { conflict, notFound } from "#server/errors.ts";

/**
 * Asks for a dead job to be tried again, once. A relay puts it back within seconds: the host's role itself may enqueue nothing for
 * a clinic. Handlers bear being run again, and a send that is `unknown` stays so.
 * @throws NotFound; Conflict when it was replayed already (two operators, a double click).
 */
export async function replayDeadLetter(ctx: HostContext, input: { id: string }): Promise<void> {
  await withHost(ctx, async (db) => {
    const replayed = await db.deadLetter.updateMany({
      where: { id: input.id, replayedAt: null },
      data: { replayedAt: new Date(), replayedBy: ctx.user.id },
    });
    if (replayed.count === 1) return;
    const known = await db.deadLetter.count({ where: { id: input.id } });
    throw known === 0 ? notFound() : conflict("alreadyReplayed");
  });
}
