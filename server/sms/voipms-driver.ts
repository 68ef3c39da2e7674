import { z } from "zod";
import { fetchOutbound } from "#server/outbound/fetch-outbound.ts";
import { judgeFailure, judgeStatus } from "./judge-answer.ts";
import type { SmsDriver, SmsOutcome, Wire } from "./sms-driver.ts";

export interface VoipMsAccount {
  /** `https://voip.ms`, or a test's own server. */
  apiUrl: string;
  username: string;
  password: string;
  /** The clinic's or host's number there, E.164. */
  from: string;
}

const id = z.coerce.string().regex(/^\d{1,20}$/);
const sendAnswer = z.object({ status: z.string(), sms: id.optional(), mms: id.optional() });
const listAnswer = z.object({
  status: z.string(),
  sms: z
    .array(z.object({ id, contact: z.string(), message: z.string().nullish(), carrier_status: z.string().nullish() }))
    .optional(),
});

/** The API counts octets, not letters, and refuses one more (`sms_toolong`): a longer text goes as an MMS without a picture. */
const longestSms = 160;

/** Statuses that mean this number or this text; every other is the account's or the provider's, and is tried again. */
const aboutNumber = new Set(["invalid_dst", "missing_dst", "invalid_destination", "sms_failed_blocked", "blacklisted"]);
const aboutText = new Set(["sms_toolong", "mms_toolong", "missing_sms", "invalid_sms", "invalid_message"]);

/**
 * VoIP.ms' REST API (https://voip.ms/api/v1/rest.php): sendSMS, sendMMS and getSMS, whose `type=1` are what people answered. Every answer is a 200 with a
 * `status`. Asked by POST, so that the account's password stands in no address.
 */
export function createVoipMsDriver({ apiUrl, username, password, from }: VoipMsAccount, wire: Wire = {}): SmsDriver {
  const policy = {
    integration: "sms",
    hosts: [new URL(apiUrl).host],
    timeoutMs: wire.timeoutMs ?? 20_000,
    maxRedirects: 0,
  } as const;
  const did = national(from);
  const ask = (method: string, parameters: Record<string, string>) =>
    fetchOutbound(
      policy,
      `${apiUrl}/api/v1/rest.php`,
      {
        method: "POST",
        body: new URLSearchParams({ api_username: username, api_password: password, method, did, ...parameters }),
      },
      wire.network,
    );
  async function list(parameters: Record<string, string>) {
    const answer = await ask("getSMS", parameters);
    const read = listAnswer.safeParse(answer.ok ? await answer.json().catch(() => null) : null);
    return read.success ? (read.data.sms ?? []) : [];
  }

  return {
    name: "voipms",

    async send({ to, text }) {
      const method = Buffer.byteLength(text) <= longestSms ? "sendSMS" : "sendMMS";
      try {
        const answer = await ask(method, { dst: national(to), message: text });
        if (!answer.ok) return judgeStatus(answer.status);
        const read = sendAnswer.safeParse(await answer.json().catch(() => null));
        return read.success ? judge(read.data) : { state: "unknown", code: "BadAnswer" };
      } catch (error) {
        return judgeFailure(error);
      }
    },

    async follow({ providerId }) {
      const [row] = providerId ? await list({ sms: providerId }) : [];
      const said = row?.carrier_status?.toLowerCase() ?? "";
      if (/delivered/.test(said) && !/(not|un)[ -]?deliver/.test(said)) return "delivered";
      return /fail|reject|undeliver|not deliver|invalid/.test(said) ? "failed" : "pending";
    },

    async replies() {
      // By day, and in the provider's own zone: two days hold all that is new; what was read is known by its id.
      const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
      const rows = await list({ type: "1", from: day(1), to: day(-1), limit: "500" });
      return rows
        .sort((a, b) => Number(a.id) - Number(b.id))
        .map((one) => ({ id: one.id, from: `+1${national(one.contact)}`, text: one.message ?? "" }));
    },
  };
}

function judge({ status, sms, mms }: z.output<typeof sendAnswer>): SmsOutcome {
  if (status === "success") return { state: "sent", providerId: sms ?? mms ?? null };
  const code = `VOIPMS_${status.replace(/[^a-z0-9_]/gi, "").slice(0, 40)}`;
  if (aboutNumber.has(status)) return { state: "refused", code, aboutNumber: true };
  if (aboutText.has(status)) return { state: "refused", code, aboutNumber: false };
  return { state: "failed", code };
}

/** Ten digits, as the API wants them. */
const national = (number: string) => number.replace(/\D/g, "").replace(/^1(?=\d{10}$)/, "");
