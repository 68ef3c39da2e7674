import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type AnyTRPCProcedure,
  callTRPCProcedure,
  getErrorShape,
  getTRPCErrorFromUnknown,
  type TRPCError,
  transformTRPCResponse,
} from "@trpc/server";
import { getHTTPStatusCode } from "@trpc/server/http";
import { keptText } from "#server/kept-answer.ts";
import type { CallContext } from "#server/trpc/context.ts";
import { appRouter } from "#server/trpc/router.ts";

/** Told of each call that failed. */
type OnError = (error: TRPCError, path: string) => void;

/**
 * Answers reads (tRPC's GET, one call or a batch) as tRPC's own adapter does, but from Node's request to Node's answer: the
 * adapter builds a fetch Request, a Response and three streams for each, which costs more than the reading itself.
 * @param procedures the names after the door's address, joined by commas
 * @returns false, and nothing done, for whatever is not plainly a read: a change, an unknown name, a malformed input, an
 *   answer asked for as a stream, too long a batch. The adapter then answers it.
 */
export function answerReads(
  request: IncomingMessage,
  response: ServerResponse,
  procedures: string,
  largestBatch: number,
  context: () => CallContext,
  onError: OnError,
): boolean {
  if (request.method !== "GET" || asksOtherwise(request)) return false;
  const search = new URLSearchParams((request.url ?? "").split("?", 2)[1]);
  const batch = search.get("batch") === "1";
  const paths = batch ? procedures.split(",") : [procedures];
  if (search.has("connectionParams") || paths.length > largestBatch || !paths.every(isQuery)) return false;
  const inputs = readInputs(search.get("input"), batch, paths.length);
  if (!inputs) return false;
  const ctx = context();
  void Promise.all(paths.map((path, at) => answer(path, at, inputs[at], ctx, onError))).then((answers) =>
    write(response, ctx, batch ? answers : (answers[0] as Answer)),
  );
  return true;
}

const { _config: config } = appRouter._def;
// Flat, by dotted name; its types say otherwise.
const known = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>;

const isQuery = (path: string) => Object.hasOwn(known, path) && known[path]?._def.type === "query";

function asksOtherwise({ headers }: IncomingMessage): boolean {
  return Boolean(
    headers["trpc-accept"] ||
      headers["content-type"] ||
      headers.accept?.includes("jsonl") ||
      headers["transfer-encoding"],
  );
}

/** One input per call, or undefined when they are not as tRPC's client writes them. */
function readInputs(text: string | null, batch: boolean, count: number): unknown[] | undefined {
  if (!text) return Array(count).fill(undefined);
  try {
    const written: unknown = JSON.parse(text);
    if (!batch) return [read(written)];
    if (typeof written !== "object" || written === null) return undefined;
    return Array.from({ length: count }, (_, at) => read((written as Record<number, unknown>)[at]));
  } catch {
    return undefined;
  }
}

const read = (written: unknown) => (written === undefined ? undefined : config.transformer.input.deserialize(written));

type Answer = { result: { data: unknown } } | { error: ReturnType<typeof getErrorShape> };

async function answer(
  path: string,
  batchIndex: number,
  input: unknown,
  ctx: CallContext,
  onError: OnError,
): Promise<Answer> {
  try {
    const getRawInput = async () => input;
    const call = { router: appRouter, path, getRawInput, ctx, type: "query", signal: undefined, batchIndex } as const;
    return { result: { data: await callTRPCProcedure(call) } };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    onError(error, path);
    return { error: getErrorShape({ config, error, type: "query", path, input, ctx }) };
  }
}

const asWritten = (data: object) => JSON.stringify(config.transformer.output.serialize(data));

function textOf(answer: Answer): string {
  const kept = "result" in answer ? keptText(answer.result.data, asWritten) : undefined;
  return kept ? `{"result":{"data":${kept}}}` : JSON.stringify(transformTRPCResponse(config, answer));
}

function write(response: ServerResponse, { requestId }: CallContext, answers: Answer | Answer[]): void {
  const body = Buffer.from(Array.isArray(answers) ? `[${answers.map(textOf).join(",")}]` : textOf(answers));
  response.writeHead(getHTTPStatusCode(answers), {
    "content-type": "application/json",
    "content-length": body.length,
    vary: "trpc-accept, accept",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  response.end(body);
}
