import { setTimeout as sleep } from "node:timers/promises";
import { sealJournals } from "#server/audit/jobs.ts";
import { sealAllJournals } from "#server/audit/seal-all-journals.ts";
import { sweepSignIn } from "#server/auth/jobs.ts";
import { composeAccountExists } from "#server/auth/mail/compose-account-exists.ts";
import { composePasswordReset } from "#server/auth/mail/compose-password-reset.ts";
import { composeSecurityChange } from "#server/auth/mail/compose-security-change.ts";
import { composeSignInNotice } from "#server/auth/mail/compose-sign-in-notice.ts";
import { composeVerificationCode } from "#server/auth/mail/compose-verification-code.ts";
import { sweepExpired } from "#server/auth/sweep-expired.ts";
import { composeBookingCode } from "#server/booking/compose-booking-code.ts";
import { forgetUnusedContact } from "#server/booking/forget-unused-contact.ts";
import { forgetContact } from "#server/booking/jobs.ts";
import { expireExports } from "#server/chart-export/expire-exports.ts";
import { expireChartExports, makeChartExport } from "#server/chart-export/jobs.ts";
import { createChartMaker } from "#server/chart-export/make-export.ts";
import {
  composeClinicApproved,
  composeClinicSuspended,
  composeClinicWelcome,
} from "#server/clinic/compose-clinic-welcome.ts";
import { createFaxFollower, createFaxSender } from "#server/communication/fax/send-fax.ts";
import { followFax, sendFax, sendLinkCode } from "#server/communication/jobs.ts";
import { composeDocumentWaiting } from "#server/communication/link/compose-document-waiting.ts";
import { createCodeSender } from "#server/communication/link/send-code.ts";
import { ensurePlatformKey } from "#server/crypto/create-clinic-key.ts";
import { rewrapDataKeys } from "#server/crypto/jobs.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { rewrapKeys } from "#server/crypto/rewrap-keys.ts";
import { closeDatabases } from "#server/db/database.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { readDocumentText } from "#server/document/jobs.ts";
import { createTextReader } from "#server/document/reading/read-text.ts";
import { checkEnv } from "#server/env.ts";
import { createHttpFax } from "#server/fax/http-driver.ts";
import { clinicApproved, clinicReinstated, clinicSuspended } from "#server/host/jobs.ts";
import { tellClinic } from "#server/host/tell-clinic.ts";
import { logger } from "#server/logger.ts";
import type { MailComposers } from "#server/mail/compose-mail.ts";
import { createMailDelivery } from "#server/mail/deliver-mail.ts";
import { deliverMail, noteBounce } from "#server/mail/jobs.ts";
import { serveReturns } from "#server/mail/serve-returns.ts";
import { composeInvitation } from "#server/membership/compose-invitation.ts";
import {
  memberJoined,
  tellAccessChanged,
  tellAccessEnded,
  tellAccessRestored,
  tellRoleChanged,
} from "#server/membership/jobs.ts";
import { recordJoining } from "#server/membership/record-joining.ts";
import { tellMember } from "#server/membership/tell-member.ts";
import { createHealthDoor } from "#server/observability/health-door.ts";
import { measureConnections } from "#server/observability/measure-connections.ts";
import { serveMetrics } from "#server/observability/serve-metrics.ts";
import { startTracing } from "#server/observability/start-tracing.ts";
import { carryMerge, carryPart } from "#server/patient/carry-merge.ts";
import { mergePatients, partPatients } from "#server/patient/jobs.ts";
import { carryImport } from "#server/patient-import/carry-import.ts";
import { importLines } from "#server/patient-import/jobs.ts";
import { composeBreakGlass } from "#server/privacy/compose-break-glass.ts";
import { sweepQueue } from "#server/queue/jobs.ts";
import { measureOutbox } from "#server/queue/measure-outbox.ts";
import { handle, handleRecurring } from "#server/queue/run-job.ts";
import { type RunningQueue, runQueue } from "#server/queue/run-queue.ts";
import { sweepQueueRows } from "#server/queue/sweep-queue-rows.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { createTextFollower } from "#server/reminder/follow-sent-text.ts";
import {
  followText,
  planAppointment,
  planClinic,
  planSitting,
  readTextReplies,
  sendMessage,
  withdrawContact,
} from "#server/reminder/jobs.ts";
import { noteBounced } from "#server/reminder/note-bounce.ts";
import { planAppointmentMessages } from "#server/reminder/plan-appointment-messages.ts";
import { planClinicMessages } from "#server/reminder/plan-clinic-messages.ts";
import { planSittingMessages } from "#server/reminder/plan-sitting-messages.ts";
import { readStops } from "#server/reminder/read-stops.ts";
import { withdrawContactConsent } from "#server/reminder/withdraw-contact-consent.ts";
import { eraseOldRequests } from "#server/request-person/erase-requests.ts";
import { eraseRequests } from "#server/request-person/jobs.ts";
import { chooseDriver } from "#server/sms/choose-driver.ts";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { sweepFiles } from "#server/storage/jobs.ts";
import { sweepOrphans } from "#server/storage/sweep-orphans.ts";
import { escalateUnopened } from "#server/task/escalate-unopened.ts";
import { escalateTask } from "#server/task/jobs.ts";
import { composeWaitlistJoined } from "#server/waitlist/compose-joined.ts";
import { composeWaitlistOffer, composeWaitlistThanks } from "#server/waitlist/compose-offer.ts";
import { offerFreedTime, settleOffers } from "#server/waitlist/jobs.ts";
import { offerByRule } from "#server/waitlist/offer-by-rule.ts";
import { settleOffer } from "#server/waitlist/settle-offer.ts";

/** The worker: relay, jobs and recurring jobs. This file joins each job to its handler and each mail to its composer; it decides nothing. */
const env = checkEnv("worker");
const origin = env.CHEVET_ORIGIN ?? "";
const route = {
  smtpUrl: env.SMTP_URL ?? "",
  from: env.MAIL_FROM ?? `ne-pas-repondre@${new URL(origin).hostname}`,
  returnTo: env.MAIL_RETURN,
  origin,
};

const composers: MailComposers = {
  "account-exists": composeAccountExists,
  "booking-code": composeBookingCode,
  "break-glass": composeBreakGlass,
  "clinic-approved": composeClinicApproved,
  "clinic-reinstated": composeClinicApproved,
  "clinic-suspended": composeClinicSuspended,
  "clinic-welcome": composeClinicWelcome,
  "document-waiting": composeDocumentWaiting,
  invitation: composeInvitation,
  "password-reset": composePasswordReset,
  "security-change": composeSecurityChange,
  "sign-in-notice": composeSignInNotice,
  "verification-code": composeVerificationCode,
  "waitlist-joined": composeWaitlistJoined,
  "waitlist-offer": composeWaitlistOffer,
  "waitlist-thanks": composeWaitlistThanks,
};

// The carrier of local mode keeps what it is given beside the caught mail.
const catcher: SmsDriver | undefined = env.CHEVET_LOCAL
  ? {
      name: "catcher",
      send: async ({ to, text }) => {
        const { keepCaught } = await import("#infra/local/catcher/caught-store.ts");
        const content = Buffer.from(JSON.stringify({ to, text }));
        return { state: "sent", providerId: await keepCaught(env.CHEVET_DATA_DIR, "sms", content) };
      },
    }
  : undefined;
const carrier = chooseDriver(env, catcher);

const handlers = [
  handle(planAppointment, planAppointmentMessages),
  handle(planSitting, planSittingMessages),
  handle(planClinic, planClinicMessages),
  handle(sendMessage, createMessageSender(route, carrier)),
  handle(followText, createTextFollower(carrier)),
  handle(withdrawContact, withdrawContactConsent),
  handleRecurring(readTextReplies, async (ctx) => {
    const count = await readStops(carrier);
    if (count > 0) ctx.log.info("texts.stopped", { count });
  }),
  handle(noteBounce, noteBounced),
  handle(deliverMail, createMailDelivery(route, composers)),
  handle(forgetContact, forgetUnusedContact),
  handle(clinicApproved, tellClinic("clinic.approved")),
  handle(clinicSuspended, tellClinic("clinic.suspended")),
  handle(clinicReinstated, tellClinic("clinic.reinstated")),
  handle(memberJoined, recordJoining),
  handle(tellRoleChanged, tellMember("member.role-changed")),
  handle(tellAccessChanged, tellMember("member.access-changed")),
  handle(tellAccessEnded, tellMember("member.access-ended")),
  handle(tellAccessRestored, tellMember("member.access-restored")),
  handle(offerFreedTime, offerByRule),
  handle(settleOffers, settleOffer),
  handle(importLines, carryImport),
  handle(mergePatients, carryMerge),
  handle(partPatients, carryPart),
  handle(readDocumentText, createTextReader()),
  handle(escalateTask, escalateUnopened),
  handle(sendFax, createFaxSender(createHttpFax)),
  handle(followFax, createFaxFollower(createHttpFax)),
  handle(sendLinkCode, createCodeSender(carrier)),
  handle(makeChartExport, createChartMaker()),
  handleRecurring(expireChartExports, async (ctx) => {
    const count = await expireExports(ctx);
    if (count > 0) ctx.log.info("chart-exports.expired", { count });
  }),
  handleRecurring(sweepQueue, async (ctx) => {
    const count = await sweepQueueRows();
    if (count > 0) ctx.log.info("queue.swept", { count });
  }),
  handleRecurring(sweepSignIn, async (ctx) => {
    const count = await sweepExpired();
    if (count > 0) ctx.log.info("sign-in.swept", { count });
  }),
  handleRecurring(sealJournals, () => sealAllJournals()),
  handleRecurring(rewrapDataKeys, async (ctx) => {
    const { rewrapped, failed } = await rewrapKeys();
    if (rewrapped > 0) ctx.log.info("keys.rewrapped", { count: rewrapped });
    if (failed.length > 0) ctx.log.error("keys.rewrap-failed", { count: failed.length });
  }),
  handleRecurring(sweepFiles, async (ctx) => {
    const count = await sweepOrphans(ctx);
    if (count > 0) ctx.log.info("storage.swept", { count });
  }),
  handleRecurring(eraseRequests, async (ctx) => {
    const count = await eraseOldRequests(ctx);
    if (count > 0) ctx.log.info("requests.erased", { count });
  }),
];

const place = { queueDatabaseUrl: env.CHEVET_QUEUE_DATABASE_URL ?? "", redisUrl: env.REDIS_URL };
/** How long running jobs may go on after SIGTERM; less than what a service manager waits before SIGKILL. */
const graceMs = 20_000;

let queue: RunningQueue | undefined;
let stopping = false;

/** A database that is not there yet, or not migrated yet, is waited for: the worker often starts first. */
async function startQueue(): Promise<RunningQueue | undefined> {
  while (!stopping) {
    try {
      return await runQueue(place, handlers, logger);
    } catch (error) {
      logger.warn("worker.waiting", {}, error);
      await sleep(1000);
    }
  }
}

async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info("worker.stopping", { signal });
  await queue?.stop(graceMs);
  await Promise.all(endings.map((end) => end?.()));
  await closeDatabases();
  process.exit(0);
}

const endings: ((() => unknown) | undefined)[] = [];
process.once("SIGTERM", stop);
process.once("SIGINT", stop);

if (env.OTEL_EXPORTER_OTLP_ENDPOINT) endings.push(startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, "chevet-worker"));
if (env.CHEVET_LOCAL && env.MAIL_CATCHER_PORT) {
  const { startCatcher } = await import("#infra/local/catcher/start-catcher.ts");
  const catcher = await startCatcher(env.MAIL_CATCHER_PORT, env.CHEVET_DATA_DIR);
  endings.push(catcher.stop);
}
if (env.METRICS_PORT) {
  measureOutbox();
  measureConnections("worker");
  const health = createHealthDoor({
    database: () => withRelay((db) => db.$queryRaw`select 1`),
    queue: async () => {
      if (!queue) throw new Error("the queue is not connected yet");
      await queue.count();
    },
  });
  const metrics = await serveMetrics(env.METRICS_PORT, [health]);
  endings.push(() => metrics.close());
}
await ensurePlatformKey();
if (env.MAIL_RETURN && env.MAIL_RETURN_PORT) {
  const returns = { host: env.MAIL_RETURN_HOST, port: env.MAIL_RETURN_PORT, returnTo: env.MAIL_RETURN };
  const server = await serveReturns(returns, await openPlatformKey(), logger);
  endings.push(server.stop);
}
queue = await startQueue();
logger.info("worker.ready", { backend: queue?.backend });
