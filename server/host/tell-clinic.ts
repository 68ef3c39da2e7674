import type { SystemContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { postMail } from "#server/mail/post-mail.ts";
import type { ClinicDecision } from "./decide-clinic.ts";

const mails = {
  "clinic.approved": "clinic-approved",
  "clinic.suspended": "clinic-suspended",
  "clinic.reinstated": "clinic-reinstated",
} as const;

/**
 * Writes the host's decision into the clinic's journal and mails its owners. Run twice, it tells once: the line of the journal
 * carries the job's id.
 */
export function tellClinic(event: ClinicDecision) {
  return async (
    ctx: SystemContext & { readonly jobId: string },
    { clinicId, operatorId }: { clinicId: string; operatorId: string },
  ): Promise<void> => {
    // The host asks for the platform's work only: a job that some clinic asked for decides nothing about any.
    if (ctx.clinicId !== null) return;
    await withStaff({ requestId: ctx.requestId, job: ctx.job, clinicId }, async (db) => {
      const { count } = await db.auditEvent.createMany({
        data: {
          clinicId,
          id: ctx.jobId,
          event,
          action: "U",
          entity: "Clinic",
          entityIds: [clinicId],
          agentRole: "system",
          requestId: ctx.requestId,
          detail: { operatorId },
        },
        skipDuplicates: true,
      });
      if (count === 0) return;
      const owners = await db.membership.findMany({
        where: { clinicId, role: "owner", status: "active" },
        select: { userId: true },
      });
      const clinic = await db.clinic.findFirst({ where: { clinicId }, select: { defaultLocale: true } });
      const locale = clinic?.defaultLocale === "en" ? "en" : "fr";
      for (const { userId } of owners) {
        await postMail(db, { kind: mails[event], subject: { userId }, locale, clinicId });
      }
    });
  };
}
