import type { VisitorContext } from "#server/context.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { conflict, notFound } from "#server/errors.ts";

type Answer =
  | { accepted: true; appointmentId: string; moved: boolean; again: boolean }
  | { accepted: false; why: "taken" | "expired" | "declined" | "gone" };

/**
 * Takes the time that was offered, in one transaction and one round trip: of all who accept at once, one has it. A visit that was waiting to be
 * brought forward moves, or nothing does. Sent twice, it is one visit.
 * @throws Conflict `offer.taken`, `offer.expired`, `offer.declined`, `offer.gone`; NotFound for a link of no offer
 */
export async function acceptOffer(ctx: VisitorContext): Promise<{ moved: boolean }> {
  const { rows } = await database("web").call({
    name: "chevet_accept_offer",
    text: "select reference.accept_offer($1, $2, $3, $4, $5, $6, $7, $8::inet) as answer",
    values: [
      ctx.clinic.id,
      ctx.requestId,
      ctx.tokenHash ? Buffer.from(ctx.tokenHash) : null,
      newId(),
      newId(),
      newId(),
      newId(),
      ctx.origin.address,
    ],
  });
  const { answer } = rows[0] as { answer: Answer | null };
  if (!answer) throw notFound();
  if (!answer.accepted) throw conflict(`offer.${answer.why}`);
  return { moved: answer.moved };
}
