import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { requireIntegration } from "#server/integration/require-integration.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { groundOf } from "#server/patient/ground.ts";
import { readPhone } from "#server/phone.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { tellSent } from "./after-sent.ts";
import { faxServiceOn } from "./fax/service-on.ts";
import { type ChosenFile, findFiles } from "./find-files.ts";
import { sendFax, sendLinkCode } from "./jobs.ts";
import { makeCode } from "./link/make-code.ts";
import { natureOf } from "./nature.ts";
import { findRecipient } from "./recipient.ts";
import { checkRefusals, liveRefusals } from "./refusals.ts";
import { mostFaxedBytes, type SendInput } from "./schema.ts";

export interface Sending {
  readonly id: string;
  /** Six digits to be given by telephone; shown this once, and kept as a hash. */
  readonly code: string | null;
}

/**
 * Sends documents of one chart: writes the register, then hands what goes to its way. A link leaves by mail, a fax by the clinic's service or by
 * hand; what is given or mailed is written down. All of it is one transaction, and pressed twice it is one sending.
 * @throws Invalid beside the field (`communication.refused`, `communication.mayNotReceive`, `phone`); NotFound for what this person may not see;
 * Precondition `chart.reasonNeeded`, `communication.notFiled`, `integration.off` for a text message where the clinic sends none,
 * `communication.tooHeavy` for a fax of more than can be put on pages
 */
export async function sendDocuments(ctx: ClinicContext, input: SendInput): Promise<Sending> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const { id, patientId, channel, language, refusals } = input;
  const contact = channel === "fax" ? readPhone(input.contact, "contact") : input.contact;
  const mobile = channel === "link" && input.codeBy === "sms" ? readPhone(input.mobile, "mobile") : "";
  const key = await openClinicKey(clinicId);
  const made = channel === "link" && input.codeBy === "telephone" ? makeCode(key, id) : null;
  return withStaff(ctx, async (db) => {
    const again = { clinicId, id, patientId, authorId: ctx.user.id };
    if (await db.communication.findFirst({ where: again, select: { id: true } })) return { id, code: null };
    const files = await findFiles(db, ctx, input);
    // Before anything is compared with what the person refused: that refusal would tell it, and the screen asks why first.
    await db.$queryRaw`select clinic.grounded(p.id) from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
    if (channel === "fax" && files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > mostFaxedBytes)
      throw precondition("communication.tooHeavy");
    const to = await findRecipient(db, ctx, patientId, input.recipient);
    checkRefusals(await liveRefusals(db, clinicId, patientId, ctx.clinic.timeZone), refusals, to.recipientKind);
    if (mobile !== "") await requireIntegration(db, clinicId, "sms");
    const sentAt = new Date();
    const category = categoryOf(files);
    await db.communication.createMany({
      data: {
        ...again,
        ...to,
        category,
        channel,
        recipientContact: contact,
        purpose: input.purpose,
        ground: input.ground,
        justification: input.justification,
        nature: natureOf(files, ctx.locale),
        refusals: [...refusals],
        refusalReason: refusals.length > 0 ? input.refusalReason : "",
        language,
        occurredAt: sentAt,
      },
    });
    await db.communicationDocument.createMany({
      data: files.map((file, at) => ({
        clinicId,
        id: newId(),
        communicationId: id,
        patientId,
        authorId: ctx.user.id,
        category: file.category,
        place: at + 1,
        title: file.title,
        ...(file.documentType === "whole-chart" ? { chartExportId: file.id } : { documentId: file.id }),
      })),
    });
    if (channel === "link" || channel === "fax") {
      const driver = channel === "fax" ? ((await faxServiceOn(db, clinicId)) ? "http" : "manual") : null;
      await db.transmission.createMany({
        data: {
          ...again,
          category,
          channel,
          contact,
          content: contentOf(files),
          language,
          mobile,
          driver,
          mailId: channel === "link" ? await postLink(db, ctx, id, language) : null,
          ...(channel === "link" && {
            codeBy: input.codeBy,
            codeHash: made?.hash ?? null,
            expiresAt: new Date(sentAt.getTime() + input.days * 86_400_000),
          }),
        },
      });
      await handOver(db, ctx, id, { channel, driver, mobile });
    }
    await recordAudit(db, ctx, {
      event: "communication.sent",
      action: "E",
      entity: "Communication",
      entityIds: [id, ...files.map((file) => file.id)],
      patientId,
      ground: groundOf(ctx),
      detail: { channel, recipientKind: to.recipientKind, purpose: input.purpose, ground: input.ground, refusals },
    });
    await tellSent(db, ctx, { documentIds: input.documentIds, sentAt });
    return { id, code: made?.code ?? null };
  });
}

const contentOf = (files: readonly ChosenFile[]) =>
  files.map(({ documentType: _type, category: _category, ...file }) => ({ ...file }));

/** A sending of requests alone is closed with requests, as each of its documents is; one of several kinds says them all, and no title. */
function categoryOf(files: readonly ChosenFile[]): string {
  const [first = "document", ...others] = new Set(files.map(({ category }) => category));
  return others.length === 0 ? first : "document";
}

/** @returns the mail's id in the ledger, where its fate is read */
function postLink(db: Db, ctx: ClinicContext, id: string, locale: "fr" | "en"): Promise<string> {
  const subject = { communicationId: id, userId: ctx.user.id };
  return postMail(db, { kind: "document-waiting", subject, locale, clinicId: ctx.clinic.id });
}

interface Way {
  readonly channel: "link" | "fax";
  readonly driver: "manual" | "http" | null;
  readonly mobile: string;
}

async function handOver(db: Db, ctx: ClinicContext, id: string, way: Way): Promise<void> {
  const clinicId = ctx.clinic.id;
  const payload = { communicationId: id, userId: ctx.user.id };
  if (way.channel === "link") {
    if (way.mobile !== "") await enqueue(db, sendLinkCode, payload, { clinicId });
  } else if (way.driver === "http") await enqueue(db, sendFax, payload, { clinicId });
}
