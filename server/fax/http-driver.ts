import { z } from "zod";
import { fetchOutbound, type OutboundRequest } from "#server/outbound/fetch-outbound.ts";
import { judgeFailure, judgeStatus } from "#server/sms/judge-answer.ts";
import type { FaxDriver, FaxOutcome, FaxService, Wire } from "./fax-driver.ts";

const id = z.coerce.string().regex(/^[\w.:-]{1,200}$/);
const taken = z.object({ id });
const fate = z.object({ status: z.string().max(60), error: z.string().max(200).nullish() });

const gone = new Set(["sent", "delivered", "success", "completed"]);
const lost = new Set(["failed", "error", "cancelled", "canceled", "undelivered"]);

/**
 * A fax service that speaks REST (README.md says which calls it must answer): `POST /faxes` with the file, `GET /faxes/<id>` for its fate. The secret
 * stands in a header, never in an address, and goes to the host that the clinic wrote down and nowhere else.
 */
export function createHttpFax({ apiUrl, account, secret }: FaxService, wire: Wire = {}): FaxDriver {
  const base = apiUrl.replace(/\/+$/, "");
  const policy = {
    integration: "fax",
    hosts: [new URL(base).host],
    timeoutMs: wire.timeoutMs ?? 60_000,
    maxRedirects: 0,
  } as const;
  const headers = {
    accept: "application/json",
    ...(secret !== "" && { authorization: `Bearer ${secret}` }),
  };
  const ask = (path: string, request: OutboundRequest) =>
    fetchOutbound(policy, `${base}${path}`, { ...request, headers: { ...headers, ...request.headers } }, wire.network);

  return {
    async send({ to, from, reference, pdf }): Promise<FaxOutcome> {
      const body = JSON.stringify({
        account,
        from,
        to,
        reference,
        fileName: `${reference}.pdf`,
        mediaType: "application/pdf",
        content: Buffer.from(pdf).toString("base64"),
      });
      try {
        const answer = await ask("/faxes", {
          method: "POST",
          headers: { "content-type": "application/json", "idempotency-key": reference },
          body,
        });
        if (!answer.ok) return refusal(answer.status);
        const read = taken.safeParse(await answer.json().catch(() => null));
        return read.success ? { state: "accepted", providerId: read.data.id } : { state: "unknown", code: "BadAnswer" };
      } catch (error) {
        return unsent(judgeFailure(error));
      }
    },

    async follow(providerId) {
      const answer = await ask(`/faxes/${encodeURIComponent(providerId)}`, {});
      const read = fate.safeParse(answer.ok ? await answer.json().catch(() => null) : null);
      const said = read.success ? read.data.status.toLowerCase() : "";
      if (gone.has(said)) return { state: "sent" };
      if (lost.has(said)) return { state: "failed", code: codeOf(read.data?.error) };
      return { state: "pending" };
    },
  };
}

const refusal = (status: number): FaxOutcome => unsent(judgeStatus(status));

/** A text message's outcome says « sent » where a fax is only taken; none of these is. */
function unsent(outcome: ReturnType<typeof judgeStatus>): FaxOutcome {
  return outcome.state === "sent"
    ? { state: "unknown", code: "BadAnswer" }
    : { state: outcome.state, code: outcome.code };
}

/** A word of the service, as a code: a sentence could hold anything. */
const codeOf = (text: string | null | undefined) => /^[A-Za-z][\w-]{0,40}$/.exec(text ?? "")?.[0] ?? "NotDelivered";
