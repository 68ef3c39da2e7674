import type { IncomingMessage, ServerResponse } from "node:http";
import type { Permission } from "#server/access/permissions.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordRefusal } from "#server/audit/record-refusal.ts";
import type { ClinicContext } from "#server/context.ts";
import { logger } from "#server/logger.ts";
import { type ErrorView, viewError } from "#server/trpc/describe-error.ts";
import { identifyMember } from "#server/trpc/identify.ts";
import { answerJson } from "./answer-json.ts";
import { callContext } from "./call-context.ts";
import { guardOrigin } from "./guard-origin.ts";

/** A plain door of one clinic: what tRPC cannot carry, such as a file or a long flow. It reads (GET and HEAD) unless it says `takes`. */
export interface ClinicDoor {
  /** For the log and the attack suite. */
  readonly name: string;
  /** What follows `/api/clinic/<slug>/`. */
  readonly path: RegExp;
  readonly permission: Permission;
  /** The body types of a door that changes something, by PUT: none that a foreign form can send. */
  readonly takes?: RegExp;
  /** Opened by a page on its own: it does not keep an idle session awake. */
  readonly background?: true;
  readonly answer: (visit: ClinicVisit) => Promise<void>;
}

export interface ClinicVisit {
  readonly ctx: ClinicContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The groups of `path`. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
}

const clinicPath = /^\/api\/clinic\/([a-z0-9-]{3,60})\/(.+)$/;
const statuses: Record<ErrorView["code"], number> = {
  NotFound: 404,
  Forbidden: 403,
  Conflict: 409,
  Invalid: 400,
  LimitReached: 429,
  Precondition: 412,
  Unauthenticated: 401,
  Locked: 401,
  Busy: 503,
  Internal: 500,
};

/** Answers the doors given, with the same order of checks as a clinic procedure; returns false when the address is no door's. */
export function clinicDoors(doors: readonly ClinicDoor[]) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [address = "", search = ""] = (request.url ?? "").split("?", 2);
    const [, slug, rest = ""] = clinicPath.exec(address) ?? [];
    const door = slug && doors.find(({ path }) => path.test(rest));
    if (!slug || !door) return false;
    void answer(door, slug, rest, search, request, response);
    return true;
  };
}

async function answer(
  door: ClinicDoor,
  slug: string,
  rest: string,
  search: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = callContext(request, response, slug);
  try {
    const methods = door.takes ? ["PUT"] : ["GET", "HEAD"];
    if (!methods.includes(request.method ?? "")) return answerJson(response, 405, { error: "method" });
    const refusal = guardOrigin(request, door.takes);
    if (refusal) return answerJson(response, refusal, { error: refusal === 415 ? "type" : "origin" });
    const ctx = await identifyMember(door.background ? { ...call, background: true } : call);
    try {
      requirePermission(ctx, door.permission);
    } catch (error) {
      await recordRefusal(ctx, door.permission, door.name);
      throw error;
    }
    const params = (door.path.exec(rest) ?? []).slice(1);
    await door.answer({ ctx, request, response, params, query: new URLSearchParams(search) });
  } catch (error) {
    // The reader went away: there is nobody to tell.
    if (response.destroyed) return;
    const view = viewError(error);
    if (view.code === "Internal") logger.error("door.failed", { requestId: call.requestId, door: door.name }, error);
    if (view.code === "Busy") logger.warn("door.busy", { requestId: call.requestId, door: door.name }, error);
    if (response.headersSent) return void response.destroy();
    answerJson(response, statuses[view.code], { error: view, requestId: call.requestId });
  }
}
