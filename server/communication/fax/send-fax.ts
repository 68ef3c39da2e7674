import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import type { FaxDriver, FaxOutcome, FaxService } from "#server/fax/fax-driver.ts";
import { deliveries } from "#server/observability/metrics.ts";
import { OutboundError } from "#server/outbound/outbound-error.ts";
import type { PayloadOf } from "#server/queue/define-job.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import { followFax, sendFax } from "../jobs.ts";
import { makeFax, readFax } from "./make-fax.ts";
import { openFaxService } from "./service-on.ts";

/** The service did not get it; the queue tries again. Its code is all that is kept of the reason. */
class NotFaxed extends Error {
  override readonly name = "NotFaxed";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** First look at what became of it, and the longest time between two looks; after the last one nobody knows. */
const [firstLookMs, longestLookMs, lastLookMs] = [30_000, 600_000, 3 * 3_600_000];

type MakeDriver = (service: FaxService) => FaxDriver;

/**
 * The handler of `send-fax`. The order is the promise: the pages are made, `sending` is committed, then the file goes out, then the answer is
 * written down. A crash after the second leaves a send that is never repeated by itself: it becomes `unknown`, and a person looks.
 */
export function createFaxSender(makeDriver: MakeDriver, room: () => FileRoom = processFileRoom) {
  return async (job: JobContext, { communicationId: id, userId }: PayloadOf<typeof sendFax>): Promise<void> => {
    const clinicId = job.clinicId ?? "";
    const ctx: SystemContext = { ...job, forUserId: userId };
    const key = await openClinicKey(clinicId, room().vault);
    const begun = await withStaff(ctx, async (db) => {
      const facts = await readFax(db, ctx, id);
      if (facts.status === "sending" && facts.providerId === null) {
        await db.transmission.updateMany({
          where: { clinicId, id, status: "sending" },
          data: { status: "unknown", errorCode: "NoAnswerRecorded", settledAt: new Date() },
        });
        return "unknown";
      }
      if (facts.status !== "queued" || facts.driver !== "http") return "over";
      return { facts, service: await openFaxService(db, key) };
    }).catch(leftTheClinic);
    if (begun === "unknown") return tell(job, "unknown", "NoAnswerRecorded");
    if (typeof begun === "string") return;
    const { facts, service } = begun;
    // Moved to another chart, or closed to whoever sent it, since: it does not leave.
    if (facts.closed > 0) {
      await settle(ctx, id, { status: "failed", errorCode: "Withdrawn" });
      return tell(job, "failed", "Withdrawn");
    }
    if (!service) return void (await settle(ctx, id, { status: "failed", errorCode: "ServiceOff" }));
    const { pdf, pages } = await makeFax(facts, room()).catch(async (error: unknown) => {
      // The last try says so to a person: nobody waits for a fax that was never made.
      if (job.attempt >= sendFax.retry.attempts) {
        await settle(ctx, id, { status: "failed", errorCode: "NotMade" });
        tell(job, "failed", "NotMade");
      }
      throw error;
    });
    const isMine = await withStaff(ctx, async (db) => {
      const { count } = await db.transmission.updateMany({
        where: { clinicId, id, status: "queued" },
        data: { status: "sending", startedAt: new Date(), attempts: job.attempt, pages },
      });
      return count === 1;
    });
    if (!isMine) return;
    const outcome = await makeDriver(service).send({
      to: facts.contact,
      from: service.sender,
      reference: id,
      pdf,
    });
    await writeDown(job, ctx, { id, userId, patientId: facts.patientId }, outcome);
  };
}

interface Faxed {
  readonly id: string;
  readonly userId: string;
  readonly patientId: string;
}

async function writeDown(job: JobContext, ctx: SystemContext, one: Faxed, outcome: FaxOutcome): Promise<void> {
  const clinicId = job.clinicId ?? "";
  const { id, userId } = one;
  if (outcome.state === "accepted") {
    await withStaff(ctx, async (db) => {
      await db.transmission.updateMany({
        where: { clinicId, id, status: { in: ["sending", "unknown"] } },
        data: { status: "sending", providerId: outcome.providerId, errorCode: null, settledAt: null },
      });
      const runAt = new Date(Date.now() + firstLookMs);
      await enqueue(db, followFax, { communicationId: id, userId }, { clinicId, runAt });
    });
    return;
  }
  if (outcome.state === "failed" && job.attempt < sendFax.retry.attempts) {
    await settle(ctx, id, { status: "queued", errorCode: outcome.code });
    throw new NotFaxed(outcome.code);
  }
  const state = outcome.state === "unknown" ? "unknown" : "failed";
  await settle(ctx, id, { status: state, errorCode: outcome.code });
  tell(job, state, outcome.code);
}

/**
 * The handler of `follow-fax`: asks the service, writes down what it says, and comes back later while it says nothing. A send that it forgets for
 * three hours is `unknown`. Run twice, it asks once more.
 */
export function createFaxFollower(makeDriver: MakeDriver) {
  return async (job: JobContext, { communicationId: id, userId }: PayloadOf<typeof followFax>): Promise<void> => {
    const clinicId = job.clinicId ?? "";
    const ctx: SystemContext = { ...job, forUserId: userId };
    const key = await openClinicKey(clinicId);
    const found = await withStaff(ctx, async (db) => {
      const row = await db.transmission.findFirst({
        where: { clinicId, id, status: "sending", providerId: { not: null } },
        select: { providerId: true, startedAt: true, patientId: true },
      });
      return row && { ...row, service: await openFaxService(db, key) };
    }).catch(leftTheClinic);
    if (!found || typeof found === "string" || !found.providerId) return;
    const age = Date.now() - (found.startedAt?.getTime() ?? 0);
    const fate = found.service
      ? await makeDriver(found.service).follow(found.providerId).catch(noWord(job))
      : ({ state: "pending" } as const);
    await withStaff(ctx, async (db) => {
      const where = { clinicId, id, status: "sending" };
      if (fate.state === "pending" && age < lastLookMs) {
        const runAt = new Date(Date.now() + Math.min(longestLookMs, Math.max(firstLookMs, age)));
        await enqueue(db, followFax, { communicationId: id, userId }, { clinicId, runAt });
        return;
      }
      const status = fate.state === "pending" ? "unknown" : fate.state;
      const errorCode = fate.state === "sent" ? null : fate.state === "failed" ? fate.code : "NoAnswer";
      await db.transmission.updateMany({ where, data: { status, errorCode, settledAt: new Date() } });
      await recordAudit(db, ctx, {
        event: status === "sent" ? "communication.arrived" : "communication.lost",
        action: "U",
        outcome: status === "sent" ? "success" : "failed",
        entity: "Communication",
        entityIds: [id],
        patientId: found.patientId,
        detail: { status },
      });
      deliveries.inc({ channel: "fax", state: status });
    });
  };
}

/** A service that is down says nothing, and is asked again until the last look: thrown, the question would be given up long before. */
const noWord = (job: JobContext) => (error: unknown) => {
  if (!(error instanceof OutboundError)) throw error;
  job.log.warn("fax.no-word", { code: error.code });
  return { state: "pending" } as const;
};

interface Settled {
  readonly status: "queued" | "failed" | "unknown";
  readonly errorCode: string;
}

const settle = (ctx: SystemContext, id: string, { status, errorCode }: Settled) =>
  withStaff(ctx, (db) =>
    db.transmission.updateMany({
      where: { clinicId: ctx.clinicId ?? "", id, status: { in: ["queued", "sending"] } },
      data: { status, errorCode, settledAt: status === "queued" ? null : new Date() },
    }),
  );

function tell(job: JobContext, state: "failed" | "unknown", code: string): void {
  deliveries.inc({ channel: "fax", state });
  job.log.warn(`fax.${state}`, { code });
}

/** Whoever sent it is no member any more, or may see it no more: nothing leaves in their name. */
function leftTheClinic(error: unknown): "over" {
  if (error instanceof DomainError && error.code === "NotFound") return "over";
  throw error;
}
