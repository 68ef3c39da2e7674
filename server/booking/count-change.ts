import type { VisitorContext } from "#server/context.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { needToken } from "./need-token.ts";

/** Counts a change of a visit by its link, before anything is looked at. @throws LimitReached; Precondition `booking.tokenNeeded` */
export async function countChange(ctx: VisitorContext): Promise<Uint8Array<ArrayBuffer>> {
  const token = needToken(ctx);
  await consumeLimit("booking-change", `${ctx.clinic.id} ${Buffer.from(token).toString("hex")}`);
  return token;
}
