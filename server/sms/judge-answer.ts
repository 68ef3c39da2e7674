import { OutboundError } from "#server/outbound/outbound-error.ts";
import type { SmsOutcome } from "./sms-driver.ts";

/** Faults of before the first word: the provider has certainly not got the message. */
const before = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "CERT_HAS_EXPIRED"]);
const refusals = new Set(["NotListed", "BadAddress", "PrivateAddress", "UnknownHost"]);

/** What a call that brought no answer leaves known. */
export function judgeFailure(error: unknown): SmsOutcome {
  if (!(error instanceof OutboundError)) throw error;
  const cause = (error.cause as { code?: string } | undefined)?.code;
  if (refusals.has(error.code) || (cause && before.has(cause))) return { state: "failed", code: cause ?? error.code };
  return { state: "unknown", code: error.code === "TimedOut" ? error.code : (cause ?? error.code) };
}

/** What an answer without a usable body leaves known: a gateway that breaks off may have passed the message on before. */
export function judgeStatus(status: number): SmsOutcome {
  const code = `HTTP_${status}`;
  if (status === 429 || status === 503 || status === 401 || status === 403) return { state: "failed", code };
  if (status >= 400 && status < 500) return { state: "refused", code, aboutNumber: false };
  return { state: "unknown", code };
}
