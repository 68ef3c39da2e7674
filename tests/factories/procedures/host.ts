import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readOwnSettings } from "#server/host/read-settings.ts";
import { deliverMail } from "#server/mail/jobs.ts";
import { buryJob } from "#server/queue/bury-job.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { listDeadLetters } from "#server/queue/list-dead-letters.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import type { Factory } from "./factory.ts";

/** Procedures of the host's console; the scene's member operates it. */
export const hostFactories: Readonly<Record<string, Factory>> = {
  "host.clinics": async () => ({}),
  "host.decide": async () => ({ clinicId: (await makeClinic()).id, version: 1, status: "approved" }),
  "host.deadLetters": async () => ({}),
  "host.replay": async ({ clinic, member }) => {
    const jobId = await withStaff(clinic.owner.ctx, (db) =>
      enqueue(db, deliverMail, { deliveryId: newId() }, { clinicId: clinic.id }),
    );
    await buryJob(jobId, { code: "SMTP_451", attempts: 12 });
    return { id: await newestLetter(member.ctx) };
  },
  "host.deliveries": async () => ({}),
  "host.ownSettings": async () => undefined,
  "host.changeSettings": async ({ member }) => ({
    version: (await readOwnSettings({ ...member.ctx, operator: true })).version,
    displayName: "Hébergement Saguenay",
    contactEmail: "aide@hebergement.example",
    contactPhone: "",
    sites: [{ city: "Saguenay", role: "records" }],
    prices: [],
    trialDays: 30,
    approvalRequired: true,
    sourceUrl: "",
  }),
  "host.events": async () => ({}),
};

async function newestLetter(ctx: Parameters<Factory>[0]["member"]["ctx"]): Promise<string> {
  const [letter] = await listDeadLetters({ ...ctx, operator: true }, { most: 1 });
  return letter?.id ?? "";
}
