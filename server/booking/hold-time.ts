import type { z } from "zod";
import type { VisitorContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { conflict, notFound, precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { checkSolution } from "#server/proof-of-work/check-solution.ts";
import { hashServiceCode } from "#server/schedule/service/service-code.ts";
import { needToken } from "./need-token.ts";
import type { ChosenTime, holdInput } from "./schema.ts";

export interface Hold {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly resourceId: string;
  readonly locationId: string;
  /** Null for a group: a place is taken at the end, and nothing is held meanwhile. */
  readonly expiresAt: Date | null;
}

/** A time as PostgreSQL offers it in JSON. */
export interface Offered {
  readonly startsAt: string;
  readonly resourceId: string;
  readonly locationId: string;
}

type Answer =
  | { held: true; startsAt: string; endsAt: string; resourceId: string; locationId: string; expiresAt: string | null }
  | { held: false; unproven?: true; spent?: true; next: readonly Offered[] };

/** More than any service needs at once. */
const mostResources = 40;

/** The arguments that a hold and a confirmation share, after clinic, request and token. */
export async function timeArguments(ctx: VisitorContext, time: ChosenTime): Promise<unknown[]> {
  // Guessed here as in the list of services: one count for all doors.
  if (time.code) await consumeLimit("booking-service-code", addressKey(ctx.origin.address));
  const code = time.code && hashServiceCode(await openClinicKey(ctx.clinic.id), time.serviceId, time.code);
  return [
    newId(),
    Array.from({ length: mostResources }, newId),
    time.serviceId,
    time.startsAt,
    time.resourceId,
    time.locationId,
    time.mode,
    time.newPatient,
    time.anyResource,
    code ? Buffer.from(code) : null,
  ];
}

/** The refusal that keeps the form: the time is taken, and these are free. */
export const timeTaken = (
  next: readonly Offered[],
  key: "booking.timeTaken" | "booking.timeGone" = "booking.timeTaken",
) =>
  conflict(key, {
    next: next.map((time) => ({ ...time, startsAt: new Date(time.startsAt).toISOString() })),
  });

/**
 * Holds a time for the few minutes that a form takes; whatever this browser held is given back for it. One round trip.
 * @throws Conflict `booking.timeTaken` with the next free times, `booking.tokenSpent` when this browser's token opens a visit;
 * Precondition `proofNeeded`, `booking.tokenNeeded`; NotFound when the service is not for this visitor; LimitReached
 */
export async function holdTime(ctx: VisitorContext, input: z.output<typeof holdInput>): Promise<Hold> {
  const token = needToken(ctx);
  await consumeLimit("booking-hold", `${ctx.clinic.id} ${addressKey(ctx.origin.address)}`);
  if (input.proof) await checkSolution(input.proof);
  const { rows } = await database("web").call({
    name: "chevet_hold",
    text: "select reference.hold_slot($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as answer",
    values: [ctx.clinic.id, ctx.requestId, token, ...(await timeArguments(ctx, input)), input.proof !== undefined],
  });
  const answer = (rows[0] as { answer: Answer | null }).answer;
  if (!answer) throw notFound();
  if (answer.held) {
    const { startsAt, endsAt, expiresAt, resourceId, locationId } = answer;
    return {
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
      resourceId,
      locationId,
    };
  }
  if (answer.unproven) throw precondition("proofNeeded");
  if (answer.spent) throw conflict("booking.tokenSpent");
  throw timeTaken(answer.next);
}
