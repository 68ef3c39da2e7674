import type { SystemContext } from "#server/context.ts";
import { staffDatabase, staffEntry, withStaff } from "#server/db/with-staff.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import type { Begun } from "./begin-sending.ts";
import { followText } from "./jobs.ts";

export interface Outcome {
  readonly state: "sent" | "failed" | "unknown";
  readonly code: string | null;
  readonly providerId: string | null;
  readonly segments: number | null;
  /** The address itself was refused: nothing more goes there until somebody looks. */
  readonly bounced: boolean;
  /** The carrier says later what became of it. */
  readonly followed: boolean;
}

/** How long after a send the carrier is first asked. */
const firstLookMs = 120_000;

const settleText = `
  update clinic.visit_message set status = $3, error_code = $4, provider_id = $5, segments = $6::int, settled_at = now()
  where clinic_id = $1::uuid and id = $2::uuid and status in ('sending', 'unknown')`;

/**
 * Writes down how a send ended, and what it says of the address. An answer that comes after another process gave the send up for unknown still
 * counts: it is the truth.
 */
export async function settleMessage(ctx: SystemContext, begun: Begun, outcome: Outcome): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  const { facts, standingId } = begun;
  const { state, code, providerId, segments, bounced, followed } = outcome;
  const byHand = state === "sent" && facts.madeBy === "hand";
  if (!bounced && !followed && !byHand) {
    // Nearly all of them: the whole transaction in one round trip.
    const values = [clinicId, facts.id, state, code, providerId, segments];
    await staffDatabase(ctx).pipeline(staffEntry(ctx), [{ name: "chevet_settle_message", text: settleText, values }]);
    return;
  }
  await withStaff(ctx, async (db) => {
    await db.$executeRawUnsafe(settleText, clinicId, facts.id, state, code, providerId, segments);
    if (bounced) {
      await db.$executeRaw`
        update clinic.contact_standing set bounced_at = now(), bounce_code = ${code ?? "refused"}, version = version + 1
        where clinic_id = ${clinicId}::uuid and id = ${standingId}::uuid and bounced_at is null`;
    }
    // Sent again by hand after a bounce, and taken: the address is good.
    if (byHand) {
      await db.$executeRaw`
        update clinic.contact_standing set bounced_at = null, bounce_code = null, version = version + 1
        where clinic_id = ${clinicId}::uuid and id = ${standingId}::uuid and bounced_at is not null`;
    }
    if (followed) {
      const runAt = new Date(Date.now() + firstLookMs);
      await enqueue(db, followText, { messageId: facts.id }, { clinicId, runAt });
    }
  });
}

/** The server certainly has not got it: it may be tried again. */
export async function releaseMessage(ctx: SystemContext, messageId: string, code: string): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  await withStaff(
    ctx,
    (db) => db.$executeRaw`
      update clinic.visit_message set status = 'planned', error_code = ${code}
      where clinic_id = ${clinicId}::uuid and id = ${messageId}::uuid and status = 'sending'`,
  );
}
