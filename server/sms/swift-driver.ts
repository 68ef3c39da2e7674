import { z } from "zod";
import { fetchOutbound, type OutboundRequest } from "#server/outbound/fetch-outbound.ts";
import { judgeFailure, judgeStatus } from "./judge-answer.ts";
import type { SmsDriver, SmsOutcome, Wire } from "./sms-driver.ts";

export interface SwiftAccount {
  /** `https://secure.smsgateway.ca`, or a test's own server. */
  apiUrl: string;
  accountKey: string;
}

/** SMSSendMessageResponse, bare or in WCF's wrapper. */
const queued = z.object({
  QueuedSuccessfully: z.boolean(),
  ErrorMessage: z.string().nullish(),
  MessageID: z.coerce.string().nullish(),
});
const sendAnswer = z.union([
  queued,
  z.object({ SendMessageExtendedResult: queued }).transform((one) => one.SendMessageExtendedResult),
]);
/** SMSOutgoingMessage. */
const outgoing = z.array(
  z.object({ MessageID: z.coerce.string(), SuccessString: z.string().nullish(), Sent: z.boolean().nullish() }),
);
/** SMSIncomingMessage. */
const incoming = z.array(
  z.object({ MessageNumber: z.coerce.number().int(), PhoneNumber: z.string(), Message: z.string() }),
);

const headers = { "content-type": "application/json", accept: "application/json" };

/**
 * Swift SMS Gateway's REST API (https://secure.smsgateway.ca/docs): SendMessageExtended, GetSentMessagesByReferenceAfterID and
 * GetIncomingMessagesAfterID. The account key stands in its addresses, as the API has it, so no address is ever logged.
 */
export function createSwiftDriver({ apiUrl, accountKey }: SwiftAccount, wire: Wire = {}): SmsDriver {
  const policy = {
    integration: "sms",
    hosts: [new URL(apiUrl).host],
    timeoutMs: wire.timeoutMs ?? 20_000,
    maxRedirects: 0,
  } as const;
  const key = encodeURIComponent(accountKey);
  const ask = (path: string, request?: OutboundRequest) =>
    fetchOutbound(policy, `${apiUrl}/services/${path}`, { headers, ...request }, wire.network);

  return {
    name: "swift",

    async send({ to, text, reference }) {
      const body = JSON.stringify({ MessageBody: text, Reference: reference });
      try {
        const answer = await ask(`message.svc/${key}/${to.replace("+", "")}/Extended`, { method: "POST", body });
        if (!answer.ok) return judgeStatus(answer.status);
        const read = sendAnswer.safeParse(await answer.json().catch(() => null));
        return read.success ? judge(read.data) : { state: "unknown", code: "BadAnswer" };
      } catch (error) {
        return judgeFailure(error);
      }
    },

    async follow({ reference }) {
      const answer = await ask(`message.svc/${key}/referenceafterid/0/${encodeURIComponent(reference)}`);
      const rows = answer.ok ? outgoing.parse(await answer.json()) : [];
      const said = rows.at(-1)?.SuccessString?.toLowerCase() ?? "pending";
      return said === "success" ? "delivered" : said === "failed" ? "failed" : "pending";
    },

    async replies(after) {
      const answer = await ask(after ? `incoming.svc/${key}/afterId/${after}` : `incoming.svc/${key}/count/100`);
      if (!answer.ok) return [];
      return incoming
        .parse(await answer.json())
        .sort((a, b) => a.MessageNumber - b.MessageNumber)
        .map((one) => ({ id: String(one.MessageNumber), from: e164(one.PhoneNumber), text: one.Message }));
    },
  };
}

/** The provider's own sentences; an account without credit or with a wrong key is the settings' fault, and is tried again. */
function judge({ QueuedSuccessfully, ErrorMessage, MessageID }: z.output<typeof queued>): SmsOutcome {
  if (QueuedSuccessfully) return { state: "sent", providerId: MessageID ?? null };
  const said = (ErrorMessage ?? "").toLowerCase();
  if (/number/.test(said)) return { state: "refused", code: "InvalidNumber", aboutNumber: true };
  if (/body/.test(said)) return { state: "refused", code: "InvalidText", aboutNumber: false };
  if (/stop|opt/.test(said)) return { state: "refused", code: "OptedOut", aboutNumber: true };
  return { state: "failed", code: /credit|remaining/.test(said) ? "NoCredit" : "AccountRefused" };
}

const e164 = (number: string) => {
  const digits = number.replace(/\D/g, "");
  return digits.length === 10 ? `+1${digits}` : `+${digits}`;
};
