import type { SystemContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { deliveries } from "#server/observability/metrics.ts";
import type { PayloadOf } from "#server/queue/define-job.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { toGsm } from "#server/sms/to-gsm.ts";
import type { sendLinkCode } from "../jobs.ts";
import { makeCode } from "./make-code.ts";

const words = {
  fr: (clinic: string, code: string) => `${clinic} : votre code est ${code}. Écrivez-le sur la page du courriel reçu.`,
  en: (clinic: string, code: string) =>
    `${clinic}: your code is ${code}. Type it on the page of the e-mail you received.`,
};

/** The carrier has not got it; the queue tries again, with another code. */
class NotTexted extends Error {
  override readonly name = "NotTexted";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * The handler of `send-link-code`: makes six digits, commits their hash, then sends them. A try that is made again carries other digits, and only
 * the last ones open. A number that the carrier refuses leaves a link without a code, which whoever sent it sees and gives by telephone.
 */
export function createCodeSender(carrier: SmsDriver | undefined) {
  return async (job: JobContext, { communicationId: id, userId }: PayloadOf<typeof sendLinkCode>): Promise<void> => {
    const clinicId = job.clinicId ?? "";
    const ctx: SystemContext = { ...job, forUserId: userId };
    const { code, hash } = makeCode(await openClinicKey(clinicId), id);
    const found = await withStaff(ctx, async (db) => {
      const live = { clinicId, id, channel: "link", codeBy: "sms", revokedAt: null, expiresAt: { gt: new Date() } };
      const one = await db.transmission.findFirst({ where: live, select: { mobile: true, language: true } });
      const clinic = await db.clinic.findFirst({ where: { clinicId }, select: { name: true, neutralName: true } });
      const isOn = await db.integration.findFirst({
        where: { clinicId, code: "sms", enabled: true },
        select: { id: true },
      });
      if (!one || !clinic || !isOn || !carrier || one.mobile === "") return null;
      await db.transmission.updateMany({ where: live, data: { codeHash: hash, tries: 0 } });
      return { ...one, name: clinic.neutralName || clinic.name };
    }).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "NotFound") return null;
      throw error;
    });
    if (!found || !carrier) return;
    const text = toGsm(words[found.language === "en" ? "en" : "fr"](found.name, code));
    const outcome = await carrier.send({ to: found.mobile, text, reference: id });
    if (outcome.state === "failed") throw new NotTexted(outcome.code);
    deliveries.inc({ channel: "sms", state: outcome.state === "refused" ? "failed" : outcome.state });
    if (outcome.state === "refused")
      await withStaff(ctx, (db) =>
        db.transmission.updateMany({ where: { clinicId, id }, data: { codeHash: null, errorCode: outcome.code } }),
      );
  };
}
