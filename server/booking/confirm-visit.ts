import type { VisitorContext } from "#server/context.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { invalid, notFound, precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { todayIn } from "#server/patient/today.ts";
import { readPhone } from "#server/phone.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { type Offered, timeArguments, timeTaken } from "./hold-time.ts";
import { needToken } from "./need-token.ts";
import type { ConfirmInput } from "./schema.ts";
import { sealRequestNam } from "./seal-request-nam.ts";

type Answer =
  | { booked: true; appointmentId: string; again: boolean }
  | { booked: false; unverified?: true; next: readonly Offered[] };

/**
 * Books the visit: from here on this browser's token is the visit's own link. Who asked is a person of whom nothing is known but what was typed,
 * in no chart and matched to none; the address is the one that the code proved. Sent twice, it is one visit.
 * @throws Conflict `booking.timeTaken` with the next free times, nothing written; Precondition `booking.unverified`, `booking.noticeChanged`; Invalid beside its field; NotFound
 */
export async function confirmVisit(ctx: VisitorContext, input: ConfirmInput): Promise<{ appointmentId: string }> {
  const token = needToken(ctx);
  await consumeLimit("booking-confirm", `${ctx.clinic.id} ${addressKey(ctx.origin.address)}`);
  if (input.noticeVersion !== noticeVersion) throw precondition("booking.noticeChanged");
  const { time, nam, ...who } = input;
  // The latest day that it is anywhere in the country: nobody is refused for having been born today.
  const today = todayIn("America/St_Johns");
  if (who.birthDate > today) throw invalid("invalid", { birthDate: "patient.dateInFuture" });
  if (who.relation !== "self" && who.bookerName === "") throw invalid("invalid", { bookerName: "required" });
  const phone = readPhone(who.phone, "phone").split(";")[0] ?? "";
  const personId = newId();
  const sealed = await sealRequestNam(ctx.clinic.id, personId, nam, today);
  const person = { ...who, phone, bookerName: who.relation === "self" ? "" : who.bookerName, language: who.locale };
  const { rows } = await database("web").call({
    name: "chevet_confirm",
    text: `select reference.confirm_visit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) as answer`,
    values: [
      ctx.clinic.id,
      ctx.requestId,
      token,
      ...(await timeArguments(ctx, time)),
      newId(),
      personId,
      newId(),
      newId(),
      JSON.stringify(person),
      sealed.sealed,
      sealed.hash,
      sealed.last2,
      ctx.origin.address,
    ],
  });
  const answer = (rows[0] as { answer: Answer | null }).answer;
  if (!answer) throw notFound();
  if (answer.booked) return { appointmentId: answer.appointmentId };
  if (answer.unverified) throw precondition("booking.unverified");
  throw timeTaken(answer.next);
}
