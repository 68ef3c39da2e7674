import MailComposer from "nodemailer/lib/mail-composer";
import type { SystemContext } from "#server/context.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import type { Logger } from "#server/logger.ts";
import { deliveries } from "#server/observability/metrics.ts";
import type { ComposedMail, MailComposers } from "./compose-mail.ts";
import { type OpenDelivery, openDelivery, releaseDelivery, settleDelivery, startSending } from "./delivery-ledger.ts";
import { clinicKinds, type MailKind } from "./mail-templates.ts";
import { readSender } from "./read-sender.ts";
import { renderMail } from "./render-mail.ts";
import { returnAddress } from "./return-address.ts";
import { type SmtpOutcome, sendOverSmtp } from "./send-over-smtp.ts";
import { wayOutHeaders } from "./way-out.ts";

export interface MailRoute {
  smtpUrl: string;
  /** The address in From, and the one that bounces go to where none is read. */
  from: string;
  /** MAIL_RETURN: each mail has a return address of its own there. */
  returnTo?: string | undefined;
  /** CHEVET_ORIGIN: the only source of the links in a mail. */
  origin: string;
}

/** The server did not get the mail; the queue tries again. Its code is all that is kept of the reason. */
class NotDelivered extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = "NotDelivered";
    this.code = code;
  }
}

/**
 * Another worker, which the queue took for dead, began to send meanwhile. The job is not done: it stays owed until that one's answer is written down,
 * for it may die before, and then nobody else would ever call the send unknown.
 */
class TakenElsewhere extends Error {
  override readonly name = "TakenElsewhere";
}

/** A newer release posted a kind that this process does not know: another worker may, so it is tried again. */
class NoComposer extends Error {
  override readonly name = "NoComposer";
}

/**
 * The handler of `deliver-mail`. The order is the promise: secret's hash committed (composer), then `sending` and the Message-ID committed, then the
 * first word to the server, then the answer. A crash after the second leaves a send that is never repeated by itself.
 */
export function createMailDelivery(route: MailRoute, composers: Partial<MailComposers>) {
  return async function deliver(
    ctx: SystemContext & { log: Logger },
    { deliveryId }: { deliveryId: string },
  ): Promise<void> {
    const delivery = await openDelivery(deliveryId, ctx.clinicId);
    if (delivery === "unknown") return tell(ctx.log, "unknown", "NoAnswerRecorded");
    if (delivery === "over") return;
    const log = ctx.log.with({ deliveryId, kind: delivery.kind });
    const compose = composers[delivery.kind];
    if (!compose) throw new NoComposer();
    const request = { deliveryId, locale: delivery.locale, subject: delivery.subject };
    // What the platform mails about an account (a link, a code) is never asked for in a clinic's name, nor the other way round.
    const theirs = clinicKinds.has(delivery.kind) === (ctx.clinicId !== null);
    const composed = theirs && (await compose(ctx, request));
    if (!composed) {
      await settleDelivery(deliveryId, "cancelled", null);
      return tell(log, "cancelled");
    }
    const messageId = `<${deliveryId}@${new URL(route.origin).hostname}>`;
    const message = await write(route, delivery, composed, messageId);
    const from = route.returnTo ? returnAddress(route.returnTo, await openPlatformKey(), deliveryId) : route.from;
    const way = route.returnTo ? { clinicId: ctx.clinicId, wayOut: composed.wayOut?.token } : undefined;
    if (!(await startSending(deliveryId, messageId, way))) throw new TakenElsewhere();
    const outcome = await sendOverSmtp(route.smtpUrl, { from, to: composed.to }, message);
    await settle(log, deliveryId, outcome);
  };
}

async function settle(log: Logger, deliveryId: string, outcome: SmtpOutcome): Promise<void> {
  if (outcome.state === "failed") {
    await releaseDelivery(deliveryId, outcome.code);
    throw new NotDelivered(outcome.code);
  }
  const code = outcome.state === "sent" ? null : outcome.code;
  const state = outcome.state === "refused" ? "failed" : outcome.state;
  await settleDelivery(deliveryId, state, code);
  tell(log, state, code ?? undefined);
}

function tell(log: Logger, state: "sent" | "failed" | "unknown" | "cancelled", code?: string): void {
  deliveries.inc({ channel: "email", state });
  log[state === "unknown" ? "warn" : "info"](`mail.${state}`, { state, ...(code && { code }) });
}

async function write(
  route: MailRoute,
  delivery: OpenDelivery,
  composed: ComposedMail<MailKind>,
  messageId: string,
): Promise<Buffer> {
  const sender = await readSender(route.origin);
  const mail = await renderMail(delivery.kind, composed.values, {
    locale: delivery.locale,
    sender,
    wayOut: composed.wayOut,
  });
  return new MailComposer({
    from: { name: sender.name, address: route.from },
    to: composed.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId,
    headers: {
      // No holiday answers to a machine (RFC 3834), and the language for who reads it aloud.
      "Auto-Submitted": "auto-generated",
      "Content-Language": delivery.locale === "fr" ? "fr-CA" : "en-CA",
      ...(composed.wayOut && wayOutHeaders(route.origin, composed.wayOut)),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
