import { BusyError, conflict, DomainError, invalid, notFound, precondition } from "#server/errors.ts";

/**
 * Database errors become domain errors by SQLSTATE, in this one place. Constraint names are not looked at whole: a
 * distributed database adds a shard's number to them.
 */
export function mapDatabaseError(error: unknown): unknown {
  if (error instanceof DomainError || error instanceof BusyError) return error;
  const state = sqlState(error);
  switch (state) {
    case "23505": // unique_violation
    case "23P01": // exclusion_violation
      return withCause(conflict("alreadyExists"), error);
    case "23503": // foreign_key_violation: what it points to is not here, which is all that a stranger may learn
      return withCause(notFound(), error);
    case "23514": // check_violation
      return withCause(
        constraintOf(error)?.startsWith("membership_last_owner") ? precondition("lastOwner") : invalid("rejected"),
        error,
      );
    case "CV001": // our own: nobody opens a chart without a ground (clinic.require_ground)
      return withCause(precondition("chart.reasonNeeded", { patientId: messageOf(error) }), error);
    case "40001": // serialization_failure, which is raised for a stale version
      return withCause(conflict("stale"), error);
    case "42501": // insufficient_privilege
      return withCause(notFound(), error);
    case "22P02": // invalid_text_representation
    case "22007": // invalid_datetime_format
    case "22008": // datetime_field_overflow
    case "22021": // character_not_in_repertoire
      return withCause(invalid("malformed"), error);
    case "40P01": // deadlock_detected
    case "53300": // too_many_connections
    case "55P03": // lock_not_available
    case "57014": // query_canceled: a statement took too long
      return new BusyError(state, error);
    default:
      return noConnection(error) ?? error;
  }
}

/** No connection was free in time, or the transaction outlived its own: told by the pool and by Prisma, never by PostgreSQL. */
function noConnection(error: unknown): BusyError | undefined {
  for (const { code, message } of layers(error)) {
    if (code === "P2024" || code === "P2028") return new BusyError(code, error);
    if (message === "timeout exceeded when trying to connect") return new BusyError("PoolTimeout", error);
  }
  return undefined;
}

function withCause(mapped: DomainError, cause: unknown): DomainError {
  mapped.cause = cause;
  return mapped;
}

interface Layers {
  code?: unknown;
  originalCode?: unknown;
  constraint?: unknown;
  originalMessage?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
}

/** The five letters that PostgreSQL gave, wherever the driver or Prisma put them. */
export function sqlState(error: unknown): string | undefined {
  for (const layer of layers(error)) {
    if (typeof layer.originalCode === "string") return layer.originalCode;
    if (typeof layer.code === "string" && /^[0-9A-Z]{5}$/.test(layer.code) && !layer.code.startsWith("P20"))
      return layer.code;
  }
  return undefined;
}

function constraintOf(error: unknown): string | undefined {
  for (const layer of layers(error)) {
    if (typeof layer.constraint === "string") return layer.constraint;
    const text = layer.originalMessage ?? layer.message;
    if (typeof text === "string" && text.includes("last owner")) return "membership_last_owner";
  }
  return undefined;
}

/** What our own errors say: an id, and nothing else. */
function messageOf(error: unknown): string | undefined {
  for (const { originalMessage, message } of layers(error)) {
    const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(String(originalMessage ?? message));
    if (id) return id[0];
  }
  return undefined;
}

function* layers(error: unknown): Generator<Layers> {
  let layer = error as Layers | undefined;
  for (let depth = 0; layer && typeof layer === "object" && depth < 6; depth += 1) {
    yield layer;
    layer = (layer.meta?.driverAdapterError ?? layer.cause) as Layers | undefined;
  }
}
