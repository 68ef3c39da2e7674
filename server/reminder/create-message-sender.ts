import MailComposer from "nodemailer/lib/mail-composer";
import { renderVisitIcs } from "#server/calendar/render-visit-ics.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import type { MailRoute } from "#server/mail/deliver-mail.ts";
import { returnAddress } from "#server/mail/return-address.ts";
import { sendOverSmtp } from "#server/mail/send-over-smtp.ts";
import { wayOutHeaders, wayOutPage } from "#server/mail/way-out.ts";
import { deliveries } from "#server/observability/metrics.ts";
import { showPhone } from "#server/phone.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { type Begun, beginSending } from "./begin-sending.ts";
import { chooseText } from "./choose-text.ts";
import { type Outcome, releaseMessage, settleMessage } from "./settle-message.ts";
import { writeMail } from "./write-mail.tsx";
import { type MessageAbout, writeText } from "./write-text.ts";

/** The server did not get the message; the queue tries again. Its code is all that is kept of the reason. */
class NotSent extends Error {
  override readonly name = "NotSent";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

type Try = Outcome | { state: "again"; code: string };

/**
 * The handler of `send-message`. The order is the promise: everything is looked at again, the link's hash and `sending` are committed, then
 * the first word goes out, then the answer is written down. A crash after the second leaves a send that is never repeated by itself.
 */
export function createMessageSender(route: MailRoute, carrier: SmsDriver | undefined) {
  return async function sendVisitMessage(ctx: JobContext, { messageId }: { messageId: string }): Promise<void> {
    if (!ctx.clinicId) return;
    const keys = { clinic: await openClinicKey(ctx.clinicId), platform: await openPlatformKey() };
    const begun = await beginSending(ctx, messageId, keys, carrier !== undefined, route.returnTo !== undefined);
    if (begun === "unknown") return tell(ctx, messageId, "unknown", "NoAnswerRecorded");
    if (typeof begun === "string") return ctx.log.info("message.kept", { kind: begun });
    const from = route.returnTo ? returnAddress(route.returnTo, keys.platform, messageId) : route.from;
    const transmit = await write(route, carrier, begun, from).catch(async (error: unknown) => {
      await releaseMessage(ctx, messageId, "NotWritten");
      throw error;
    });
    // From here on a fault that nobody foresaw leaves `sending`: the next try calls it unknown.
    const done = await transmit();
    if (done.state === "again") {
      await releaseMessage(ctx, messageId, done.code);
      throw new NotSent(done.code);
    }
    await settleMessage(ctx, begun, done);
    deliveries.inc({ channel: begun.channel, state: done.state });
    ctx.log[done.state === "sent" ? "info" : "warn"](`message.${done.state}`, {
      deliveryId: messageId,
      ...(done.code && { code: done.code }),
    });
  };
}

function tell(ctx: JobContext, messageId: string, state: "unknown", code: string): void {
  deliveries.inc({ channel: "email", state });
  ctx.log.warn("message.unknown", { deliveryId: messageId, code });
}

/** Writes the message, and gives back what sends it: what may fail before the first word fails here. */
async function write(
  route: MailRoute,
  carrier: SmsDriver | undefined,
  begun: Begun,
  from: string,
): Promise<() => Promise<Try>> {
  const { facts, channel, contact, visitToken } = begun;
  const about: MessageAbout = {
    clinicName: facts.clinicName,
    clinicPhone: facts.clinicPhone,
    startsAt: facts.startsAt,
    timeZone: facts.timeZone,
    locale: facts.language,
    link: `${route.origin}/c/${facts.slug}/gerer#${visitToken}`,
  };
  if (channel === "sms" && carrier) {
    const text = chooseText(facts.texts, facts.kind, channel, facts.language);
    return () => sendText(carrier, begun, writeText(text, about));
  }
  const { message, messageId } = await compose(route, begun, about);
  return async () => {
    const outcome = await sendOverSmtp(route.smtpUrl, { from, to: contact }, message);
    if (outcome.state === "failed") return { state: "again", code: outcome.code };
    return {
      state: outcome.state === "refused" ? "failed" : outcome.state,
      code: outcome.state === "sent" ? null : outcome.code,
      providerId: messageId,
      segments: null,
      bounced: outcome.state === "refused" && outcome.aboutAddress,
      followed: false,
    };
  };
}

async function sendText(
  carrier: SmsDriver,
  begun: Begun,
  { text, segments }: ReturnType<typeof writeText>,
): Promise<Try> {
  const outcome = await carrier.send({ to: begun.contact, text, reference: begun.facts.id });
  if (outcome.state === "failed") return { state: "again", code: outcome.code };
  return {
    state: outcome.state === "refused" ? "failed" : outcome.state,
    code: outcome.state === "sent" ? null : outcome.code,
    providerId: outcome.state === "sent" ? outcome.providerId : null,
    segments,
    bounced: outcome.state === "refused" && outcome.aboutNumber,
    followed: outcome.state !== "refused" && carrier.follow !== undefined,
  };
}

async function compose(route: MailRoute, { facts, contact, wayOut: token }: Begun, about: MessageAbout) {
  const { kind, language, clinicName, clinicPhone, clinicEmail, address, slug } = facts;
  const wayOut = { slug, token };
  const contacts = [address, showPhone(clinicPhone, language), clinicEmail, new URL(route.origin).host];
  const sender = {
    name: clinicName,
    contact: contacts.filter((one) => one !== ""),
    wayOut: wayOutPage(route.origin, wayOut),
  };
  const mail = await writeMail(kind, chooseText(facts.texts, kind, "email", language), about, sender);
  const domain = new URL(route.origin).hostname;
  const messageId = `<${facts.id}@${domain}>`;
  // Without the link: a calendar is read by others too, and whoever holds the link may cancel.
  const ics = renderVisitIcs({
    id: facts.appointmentId,
    changedAt: facts.changedAt,
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    cancelled: facts.off,
    clinicName,
    location: facts.mode === "in-person" ? address : "",
    locale: language,
    domain,
    email: route.from,
  });
  const message = await new MailComposer({
    from: { name: clinicName, address: route.from },
    ...(clinicEmail && { replyTo: clinicEmail }),
    to: contact,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    icalEvent: { method: ics.method, filename: "rendez-vous.ics", content: ics.text },
    messageId,
    headers: {
      // No holiday answers to a machine (RFC 3834), and the language for who reads it aloud.
      "Auto-Submitted": "auto-generated",
      "Content-Language": language === "fr" ? "fr-CA" : "en-CA",
      ...wayOutHeaders(route.origin, wayOut),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return { message, messageId };
}
