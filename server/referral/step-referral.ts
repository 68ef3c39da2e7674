import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileIn } from "#server/document/file-document.ts";
import { invalid, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { lacksGround } from "#server/patient/lacks-ground.ts";
import { todayIn } from "#server/patient/today.ts";
import type {
  CancelReferralInput,
  ExpectInput,
  FileReportInput,
  MarkBookedInput,
  MarkSeenInput,
  MarkSentInput,
  ReceiveReportInput,
  ReferralStatus,
  TakeBackInput,
} from "./schema.ts";

/** What a screen that lost to another is shown of a request. */
const select = {
  id: true,
  patientId: true,
  status: true,
  statusOn: true,
  expectedOn: true,
  steps: true,
  reportDocumentId: true,
  version: true,
  lastUpdated: true,
} as const;
type Current = NonNullable<Awaited<ReturnType<typeof find>>>;
const find = (db: Db, clinicId: string, id: string) => db.serviceRequest.findFirst({ where: { clinicId, id }, select });

/** The front desk, which sends and books, is not shown why a step was taken back or called off; nor is whoever has no ground to open the chart. */
async function staleStep(db: Db, ctx: ClinicContext, id: string, current: Current | null) {
  const mayRead = ctx.membership.permissions.has("chart:read");
  if (!current || (mayRead && !(await lacksGround(db, current.patientId)))) return refuseStale(db, ctx, id, current);
  const steps = (current.steps as unknown as { note: string }[]).map(({ note: _, ...rest }) => rest);
  return refuseStale(db, ctx, id, { ...current, steps, reportDocumentId: null }, undefined, "no-words");
}

interface Step {
  readonly id: string;
  readonly version: number;
  readonly status: ReferralStatus;
  /** `YYYY-MM-DD` */
  readonly on: string;
  readonly note: string;
  readonly reportDocumentId?: string | null;
  /** Left out, as it was. */
  readonly expectedOn?: string | undefined;
}

/** From which states each is reached; the trigger of the table holds the same. */
const from: Partial<Record<ReferralStatus, readonly string[]>> = {
  sent: ["signed"],
  booked: ["sent"],
  seen: ["sent", "booked"],
  "report-received": ["sent", "booked", "seen"],
  cancelled: ["draft", "signed", "sent", "booked", "seen"],
};

/**
 * One state to another, in one's own name. Pressed twice, it is one step.
 * @throws Precondition `referral.step` for a state that does not lead there; Conflict `stale`; NotFound
 */
async function step(
  db: Db,
  ctx: ClinicContext,
  to: Step,
  allowed = from[to.status] ?? [],
): Promise<{ version: number }> {
  const clinicId = ctx.clinic.id;
  const { id, version, status, note } = to;
  const current = await find(db, clinicId, id);
  if (!current) throw notFound();
  if (isDone(current, to)) return { version: current.version };
  if (current.version !== version) throw await staleStep(db, ctx, id, current);
  if (!allowed.includes(current.status)) throw precondition("referral.step");
  const { count } = await db.serviceRequest.updateMany({
    where: { clinicId, id, version },
    data: {
      status,
      statusOn: new Date(`${to.on}T00:00:00Z`),
      statusNote: note,
      reportDocumentId: to.reportDocumentId ?? null,
      ...(to.expectedOn && { expectedOn: new Date(`${to.expectedOn}T00:00:00Z`) }),
      version: version + 1,
    },
  });
  if (count === 0) throw await staleStep(db, ctx, id, await find(db, clinicId, id));
  await recordAudit(db, ctx, {
    event: `referral.${events[status]}`,
    action: "U",
    entity: "ServiceRequest",
    entityIds: [id, ...(to.reportDocumentId ? [to.reportDocumentId] : [])],
    patientId: current.patientId,
    ground: groundOf(ctx),
    detail: { version: version + 1, from: current.status },
  });
  return { version: version + 1 };
}

const events: Readonly<Record<ReferralStatus, string>> = {
  draft: "taken-back",
  signed: "taken-back",
  sent: "sent",
  booked: "booked",
  seen: "seen",
  "report-received": "answered",
  cancelled: "cancelled",
};

/** The very step that is asked for was made on top of the version that the screen showed. */
const isDone = (current: Current, { status, on, version, reportDocumentId }: Step) =>
  current.version === version + 1 &&
  current.status === status &&
  current.statusOn.toISOString().slice(0, 10) === on &&
  current.reportDocumentId === (reportDocumentId ?? null);

const todayOf = (ctx: ClinicContext) => todayIn(ctx.clinic.timeZone);

/** @throws Invalid for a day that is to come */
function refuseFuture(ctx: ClinicContext, on: string): void {
  if (on > todayOf(ctx)) throw invalid("invalid", { on: "record.future" });
}

/** By hand: faxed, mailed, given. By the front desk too, as the booking is. */
export async function markSent(ctx: ClinicContext, { id, version, on, how }: MarkSentInput) {
  requirePermission(ctx, "document:file");
  refuseFuture(ctx, on);
  return withStaff(ctx, (db) => step(db, ctx, { id, version, status: "sent", on, note: how }));
}

/**
 * @param on the day of the appointment, past or to come; with it, when an answer is expected now
 * @throws Invalid for an answer expected before its appointment
 */
export async function markBooked(ctx: ClinicContext, input: MarkBookedInput) {
  requirePermission(ctx, "document:file");
  if (input.expectedOn && input.expectedOn < input.on)
    throw invalid("invalid", { expectedOn: "referral.expectedBefore" });
  return withStaff(ctx, (db) => step(db, ctx, { ...input, status: "booked" }));
}

export async function markSeen(ctx: ClinicContext, input: MarkSeenInput) {
  requirePermission(ctx, "chart:write");
  refuseFuture(ctx, input.on);
  return withStaff(ctx, (db) => step(db, ctx, { ...input, status: "seen" }));
}

/** The document that answers it: of this chart, and not the request's own. @throws also NotFound for a document that is not in this chart */
export async function receiveReport(ctx: ClinicContext, { id, version, documentId }: ReceiveReportInput) {
  requirePermission(ctx, "chart:write");
  return withStaff(ctx, (db) => answerIn(db, ctx, { id, version, documentId }));
}

/** A document that is filed and answers a request: one gesture, both or neither. @throws as `fileDocument` and `receiveReport` */
export async function fileReport(ctx: ClinicContext, { answers, ...document }: FileReportInput) {
  requirePermission(ctx, "document:file");
  requirePermission(ctx, "chart:write");
  return withStaff(ctx, async (db) => {
    const filed = await fileIn(db, ctx, document);
    await answerIn(db, ctx, { ...answers, documentId: document.id });
    return filed;
  });
}

async function answerIn(db: Db, ctx: ClinicContext, { id, version, documentId }: ReceiveReportInput) {
  const clinicId = ctx.clinic.id;
  const request = await find(db, clinicId, id);
  if (!request) throw notFound();
  const report = await db.document.findFirst({
    where: {
      clinicId,
      id: documentId,
      patientId: request.patientId,
      status: { in: ["filed", "reviewed"] },
      sourceSystem: { not: "letter" },
    },
    select: { id: true },
  });
  if (!report) throw notFound();
  const on = todayOf(ctx);
  return step(db, ctx, { id, version, status: "report-received", on, note: "", reportDocumentId: documentId });
}

export async function cancelReferral(ctx: ClinicContext, { id, version, reason }: CancelReferralInput) {
  requirePermission(ctx, "chart:write");
  return withStaff(ctx, (db) => step(db, ctx, { id, version, status: "cancelled", on: todayOf(ctx), note: reason }));
}

/** A step that was not so: back to the state before it, with why. @throws Precondition `referral.step` when nothing can be taken back */
export async function takeBack(ctx: ClinicContext, { id, version, reason }: TakeBackInput) {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const request = await find(db, clinicId, id);
    if (!request) throw notFound();
    const status = before(request);
    if (!status) throw precondition("referral.step");
    return step(db, ctx, { id, version, status, on: todayOf(ctx), note: reason }, [request.status]);
  });
}

const onward: readonly ReferralStatus[] = ["draft", "signed", "sent", "booked", "seen", "report-received"];

/** The state that it was in before this one: of its steps, the last that is earlier on the way. */
function before({ status, steps }: Current): ReferralStatus | undefined {
  const here = onward.indexOf(status as ReferralStatus);
  if (here < onward.indexOf("sent")) return undefined;
  const past = (steps as unknown as { status: ReferralStatus }[]).map((one) => one.status);
  return past.findLast((one) => onward.indexOf(one) > 0 && onward.indexOf(one) < here);
}

/** When an answer is expected now. @throws Conflict `stale`; Precondition once it is answered or called off; NotFound */
export async function expectAnswer(ctx: ClinicContext, { id, version, on }: ExpectInput): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await find(db, clinicId, id);
    if (!current) throw notFound();
    if (["draft", "report-received", "cancelled"].includes(current.status)) throw precondition("referral.step");
    const { count } = await db.serviceRequest.updateMany({
      where: { clinicId, id, version },
      data: { expectedOn: new Date(`${on}T00:00:00Z`), version: version + 1 },
    });
    if (count === 0) throw await staleStep(db, ctx, id, current);
    await recordAudit(db, ctx, {
      event: "referral.changed",
      action: "U",
      entity: "ServiceRequest",
      entityIds: [id],
      patientId: current.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
