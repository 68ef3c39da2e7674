import type { IncomingMessage, ServerResponse } from "node:http";
import type { TRPCError } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { logger } from "#server/logger.ts";
import { viewError } from "#server/trpc/describe-error.ts";
import { appRouter } from "#server/trpc/router.ts";
import { answerJson } from "./answer-json.ts";
import { answerReads } from "./answer-reads.ts";
import { callContext } from "./call-context.ts";
import { guardOrigin } from "./guard-origin.ts";

const largestBody = 256 * 1024;
/** Each call inside a batch is counted by the limits, and no batch is longer than this. */
export const largestBatch = 12;

const platformPath = "/api/trpc/";
/** The host's console: its people are those of the host's realm, by another cookie. */
const hostPath = "/api/host/trpc/";
/** A clinic's public page: its readers have no session, and no cookie counts here. */
const visitorPath = /^\/api\/c\/([a-z0-9-]{3,60})\/trpc\//;
const clinicPath = /^\/api\/clinic\/([a-z0-9-]{3,60})\/trpc\//;

/** One handler per base path: with the clinic's slug in the address, or without a clinic. */
function handlerFor(basePath: string, clinicSlug?: string, realm: "staff" | "host" | "visitor" = "staff") {
  return createHTTPHandler({
    router: appRouter,
    basePath,
    maxBodySize: largestBody,
    maxBatchSize: largestBatch,
    createContext: ({ req, res }) => callContext(req, res, clinicSlug, realm),
    onError: ({ error, path, ctx }) => logFailure(error, path, ctx?.requestId),
    responseMeta: ({ ctx }) => ({
      headers: new Headers({
        "cache-control": "no-store",
        "x-request-id": ctx?.requestId ?? "",
      }),
    }),
  });
}

/** Only what nobody expected, and what was too much: a refusal is an answer. */
function logFailure(error: TRPCError, path: string | undefined, requestId: string | undefined): void {
  if (error.code === "SERVICE_UNAVAILABLE") logger.warn("door.busy", { requestId, door: path }, error.cause);
  if (error.code !== "INTERNAL_SERVER_ERROR") return;
  logger.error("door.failed", { requestId, door: path, code: viewError(error).code }, error.cause ?? error);
}

const platform = handlerFor(platformPath);
const host = handlerFor(hostPath, undefined, "host");

/** Answers a tRPC call, or returns false when the address is not a tRPC one. */
export function trpcDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  const clinic = clinicPath.exec(path);
  const visitor = visitorPath.exec(path);
  const isHost = path.startsWith(hostPath);
  if (!clinic && !visitor && !isHost && !path.startsWith(platformPath)) return false;
  const refusal = guardOrigin(request);
  if (refusal) {
    answerJson(response, refusal, { error: refusal === 415 ? "json" : "origin" });
    return true;
  }
  const [basePath, slug] = clinic ?? visitor ?? [isHost ? hostPath : platformPath];
  const realm = visitor ? "visitor" : isHost ? "host" : "staff";
  const procedures = path.slice(basePath.length);
  const context = () => callContext(request, response, slug, realm);
  const onError = (error: TRPCError, name: string) => logFailure(error, name, context().requestId);
  if (answerReads(request, response, procedures, largestBatch, context, onError)) return true;
  if (slug) handlerFor(basePath, slug, realm)(request, response);
  else if (isHost) host(request, response);
  else platform(request, response);
  return true;
}
