import { withRelay } from "#server/db/with-relay.ts";
import { env } from "#server/env.ts";
import { logger } from "#server/logger.ts";
import { createMailDelivery } from "#server/mail/deliver-mail.ts";
import { deliverMail } from "#server/mail/jobs.ts";
import { handle } from "#server/queue/run-job.ts";
import { runQueue } from "#server/queue/run-queue.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { sendMessage } from "#server/reminder/jobs.ts";
import { countOnce } from "#tests/database/queue/scratch-effects.ts";

/** A worker to be killed: the real relay, queue and mail delivery, at a pace that makes a crash's traces show within seconds. */
const route = {
  smtpUrl: env().SMTP_URL ?? "",
  from: "ne-pas-repondre@exemple.quebec",
  origin: env().CHEVET_ORIGIN ?? "",
};

const handlers = [
  handle(countOnce, (ctx, { subjectId }) =>
    withRelay(async (db) => {
      await takeJob(db, ctx.jobId);
      await db.$executeRaw`insert into queue.test_effect (job_id, subject_id) values (${ctx.jobId}::uuid, ${subjectId}::uuid)`;
    }),
  ),
  handle(sendMessage, createMessageSender(route, undefined)),
  handle(
    deliverMail,
    createMailDelivery(route, {
      "account-exists": async (_, { subject }) => ({
        to: `${subject.userId}@exemple.quebec`,
        values: { path: "/entrer" },
      }),
    }),
  ),
];

const pace = {
  relay: { batch: 50, pollMs: 100, silentMs: 2000 },
  work: { concurrency: 5, lockMs: 1000, limitMs: 30_000 },
};
const place = { queueDatabaseUrl: env().CHEVET_QUEUE_DATABASE_URL ?? "", redisUrl: env().REDIS_URL };

for (;;) {
  const queue = await runQueue(place, handlers, logger, pace).catch(() => undefined);
  if (queue) {
    process.once("SIGTERM", () => void queue.stop(10_000).then(() => process.exit(0)));
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}
process.send?.("ready");
