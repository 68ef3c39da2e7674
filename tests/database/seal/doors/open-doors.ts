import { randomBytes } from "node:crypto";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { SuperJSON } from "superjson";
import { needEnv } from "#server/env.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";

/** Who calls, and by which address. */
export interface Caller {
  /** The clinic's slug in the address; none is the platform's own door. */
  readonly slug?: string;
  /** The host's console has a door of its own. */
  readonly host?: true;
  /** With a slug: the clinic's public page, in place of its members' door. */
  readonly visitor?: true;
  /** What the page holds of a hold or a visit. */
  readonly token?: string;
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  /** The message key of a refusal. */
  readonly key: string | undefined;
  /** Status, headers and body to the last byte, less what names the one request. */
  readonly whole: string;
  readonly body: string;
  readonly headers: Headers;
}

export interface Doors {
  readonly base: string;
  call(procedure: { path: string; type: string }, input: unknown, caller: Caller): Promise<Answer>;
  /** The same with a body of one's own making. */
  send(procedure: { path: string; type: string }, body: string, caller: Caller): Promise<Answer>;
  close(): Promise<void>;
}

/** The tRPC door over real HTTP, as the web process opens it. */
export async function openDoors(): Promise<Doors> {
  const server = createServer(
    (request, response) => void (trpcDoor(request, response) || response.writeHead(404).end()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function send({ path, type }: { path: string; type: string }, body: string, caller: Caller): Promise<Answer> {
    const { cookie, token, headers = {} } = caller;
    const address = `${base}${doorOf(caller)}/trpc/${path}`;
    const sent = { ...(cookie && { cookie }), ...(token && { "x-chevet-visit": token }), ...headers };
    const origin = needEnv("CHEVET_ORIGIN");
    const write = { "content-type": "application/json", origin, ...sent };
    if (caller.visitor)
      return read(
        type === "query"
          ? await fromAnywhere(`${address}?input=${encodeURIComponent(body)}`, "GET", sent)
          : await fromAnywhere(address, "POST", write, body),
      );
    const response =
      type === "query"
        ? await fetch(`${address}?input=${encodeURIComponent(body)}`, { headers: sent })
        : await fetch(address, {
            method: "POST",
            body,
            headers: write,
          });
    return read(response);
  }

  return {
    base,
    send,
    call: (procedure, input, caller) => send(procedure, JSON.stringify(SuperJSON.serialize(input)), caller),
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

/** A stranger's call, each from an address of its own: what limits one stops no other. */
function fromAnywhere(
  address: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Response> {
  const [a = 0, b = 0, c = 0] = randomBytes(3);
  return new Promise((resolve, reject) => {
    const asked = request(
      address,
      { method, headers, localAddress: `127.${a}.${b}.${Math.max(c, 1)}`, agent: false },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => {
          const kept = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
          resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 0, headers: kept }));
        });
        answer.on("error", reject);
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

function doorOf({ slug, host, visitor }: Caller): string {
  if (host) return "/api/host";
  if (slug) return visitor ? `/api/c/${slug}` : `/api/clinic/${slug}`;
  return "/api";
}

/** What names the one request, or belongs to the connection rather than to the answer. */
const ofTheWire = new Set(["date", "x-request-id", "connection", "keep-alive"]);

async function read(response: Response): Promise<Answer> {
  const body = await response.text();
  const kept = [...response.headers].filter(([name]) => !ofTheWire.has(name));
  return {
    status: response.status,
    key: /"key":"(\w+(?:\.\w+)?)"/.exec(body)?.[1],
    whole: JSON.stringify([response.status, kept, body.replaceAll(/"requestId":"[^"]*"/g, "")]),
    body,
    headers: response.headers,
  };
}
