import type { TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { BusyError, DomainError, type ErrorCode } from "#server/errors.ts";

const trpcCodes: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  NotFound: "NOT_FOUND",
  Forbidden: "FORBIDDEN",
  Conflict: "CONFLICT",
  Invalid: "BAD_REQUEST",
  LimitReached: "TOO_MANY_REQUESTS",
  Precondition: "PRECONDITION_FAILED",
  Unauthenticated: "UNAUTHORIZED",
  Locked: "UNAUTHORIZED",
};

/** What the browser learns of an error: a code, a message key in its own language, the fields concerned, the request id. */
export interface ErrorView {
  readonly code: ErrorCode | "Busy" | "Internal";
  readonly key: string;
  readonly fields: Record<string, string>;
  readonly details: Record<string, unknown>;
}

/** Domain errors become tRPC codes here and nowhere else. */
export function toTrpcError(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error;
  if (error instanceof DomainError)
    return new TRPCError({ code: trpcCodes[error.code], message: error.key, cause: error });
  if (error instanceof BusyError) return new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "busy", cause: error });
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "internal", cause: error });
}

/** The error's view: an unexpected one tells nothing but that it happened. */
export function viewError(error: unknown): ErrorView {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof DomainError)
    return { code: cause.code, key: cause.key, fields: cause.fields, details: cause.details };
  if (cause instanceof BusyError) return { code: "Busy", key: "busy", fields: {}, details: {} };
  if (cause instanceof ZodError) return { code: "Invalid", key: "invalid", fields: fieldsOf(cause), details: {} };
  if (error instanceof TRPCError && error.code === "NOT_FOUND")
    return { code: "NotFound", key: "notFound", fields: {}, details: {} };
  if (error instanceof TRPCError && error.code === "PAYLOAD_TOO_LARGE")
    return { code: "Invalid", key: "tooLarge", fields: {}, details: {} };
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR")
    return { code: "Invalid", key: "malformed", fields: {}, details: {} };
  return { code: "Internal", key: "internal", fields: {}, details: {} };
}

function fieldsOf(error: ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map((issue) => [issue.path.join("."), issue.message]).reverse());
}

interface Shape {
  readonly code: number;
  readonly data: { readonly code: string; readonly httpStatus: number };
}

/** No path, no stack and no text of ours: strangers compare answers. */
export function describeError(shape: Shape, error: TRPCError, requestId: string | undefined) {
  const view = viewError(error);
  return {
    code: shape.code,
    message: view.key,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, domain: view, requestId },
  };
}
