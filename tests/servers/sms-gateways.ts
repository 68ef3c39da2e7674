import type { IncomingMessage, ServerResponse } from "node:http";
import { startWebServer, type WebTestServer } from "./web-server.ts";

/** How a gateway behaves at its next calls. */
export type GatewayMood =
  | "accept"
  | "refuse-number"
  | "no-credit"
  | "busy"
  | "break"
  | "silent"
  | "hang-up"
  | "nonsense";

export interface TestGateway extends WebTestServer {
  url: string;
  mood: GatewayMood;
  /** Every message that it took, whether it said so or not. */
  taken: { to: string; text: string; reference: string }[];
  /** What people answered. */
  replies: { id: number; from: string; text: string }[];
  /** What became of the messages, by the provider's id or our reference. */
  fates: Map<string, string>;
}

type Talk = (gateway: TestGateway, request: IncomingMessage, body: string) => unknown;

async function start(talk: Talk): Promise<TestGateway> {
  const server = await startWebServer((request, response) => void answer(request, response));
  const gateway: TestGateway = {
    ...server,
    url: `http://127.0.0.1:${server.port}`,
    mood: "accept",
    taken: [],
    replies: [],
    fates: new Map(),
  };
  async function answer(request: IncomingMessage, response: ServerResponse) {
    let body = "";
    for await (const part of request) body += part;
    const said = talk(gateway, request, body);
    if (gateway.mood === "hang-up") return request.socket.destroy();
    // The caller gives up first.
    if (gateway.mood === "silent") return;
    const status = gateway.mood === "busy" ? 503 : gateway.mood === "break" ? 502 : 200;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(gateway.mood === "nonsense" ? "<html>maintenance</html>" : JSON.stringify(said));
  }
  return gateway;
}

/** Swift SMS Gateway as its documentation describes it: https://secure.smsgateway.ca/docs. */
export const startSwift = (key: string) =>
  start((gateway, request, body) => {
    const [, , service, given, ...rest] = (request.url ?? "").split("/");
    if (given !== key) return { QueuedSuccessfully: false, ErrorMessage: "Account key was not found", MessageID: 0 };
    if (service === "incoming.svc") {
      const after = rest[0] === "afterId" ? Number(rest[1]) : 0;
      return gateway.replies
        .filter(({ id }) => id > after)
        .map(({ id, from, text }) => ({ MessageNumber: id, PhoneNumber: from, Message: text, OutgoingMessageID: 0 }));
    }
    if (rest[0] === "referenceafterid") {
      const fate = gateway.fates.get(rest[2] ?? "");
      return fate ? [{ MessageID: 7, SuccessString: fate, Sent: fate === "Success" }] : [];
    }
    if (gateway.mood === "refuse-number")
      return { QueuedSuccessfully: false, ErrorMessage: "Cell number is invalid", MessageID: 0 };
    if (gateway.mood === "no-credit")
      return { QueuedSuccessfully: false, ErrorMessage: "Insufficient Credits", MessageID: 0 };
    const { MessageBody, Reference } = JSON.parse(body) as { MessageBody: string; Reference: string };
    gateway.taken.push({ to: rest[0] ?? "", text: MessageBody, reference: Reference });
    // Both forms are seen: WCF wraps, its newer endpoint does not.
    const result = { QueuedSuccessfully: true, ErrorMessage: "", MessageID: 42_476_881, MessagesRemaining: 482 };
    return gateway.taken.length % 2 === 0 ? result : { SendMessageExtendedResult: result };
  });

/** VoIP.ms as its documentation describes it: every answer is a 200 with a status. */
export const startVoipMs = (username: string, password: string) =>
  start((gateway, _request, body) => {
    const form = new URLSearchParams(body);
    if (form.get("api_username") !== username || form.get("api_password") !== password)
      return { status: "invalid_credentials" };
    const method = form.get("method");
    if (method === "getSMS") {
      const asked = form.get("sms");
      if (asked)
        return {
          status: "success",
          sms: [{ id: asked, contact: "4185550199", message: "", carrier_status: gateway.fates.get(asked) ?? "" }],
        };
      if (gateway.replies.length === 0) return { status: "no_sms" };
      return {
        status: "success",
        sms: gateway.replies.map(({ id, from, text }) => ({ id: String(id), type: "1", contact: from, message: text })),
      };
    }
    if (gateway.mood === "refuse-number") return { status: "invalid_dst" };
    if (gateway.mood === "no-credit") return { status: "not_enough_credit" };
    const text = form.get("message") ?? "";
    if (method === "sendSMS" && Buffer.byteLength(text) > 160) return { status: "sms_toolong" };
    gateway.taken.push({ to: form.get("dst") ?? "", text, reference: "" });
    return { status: "success", [method === "sendSMS" ? "sms" : "mms"]: 23_434 };
  });
