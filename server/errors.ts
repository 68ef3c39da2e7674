/** What a verb may answer instead of a result. A stranger always gets NotFound, never Forbidden. */
export type ErrorCode =
  | "NotFound"
  | "Forbidden"
  | "Conflict"
  | "Invalid"
  | "LimitReached"
  | "Precondition"
  | "Unauthenticated"
  | "Locked";

/**
 * An expected refusal. `key` names a message in the namespace `errors`; `fields` maps an input's path to such a key, so
 * that the sentence stands beside its field; `details` holds ids, numbers and versions for the screen, never a secret.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly key: string;
  readonly fields: Record<string, string>;
  readonly details: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    key: string,
    more: { fields?: Record<string, string>; details?: Record<string, unknown> } = {},
  ) {
    super(`${code}: ${key}`);
    this.name = "DomainError";
    this.code = code;
    this.key = key;
    this.fields = more.fields ?? {};
    this.details = more.details ?? {};
  }
}

/**
 * The database had no time: a lock, a connection or a statement was waited for too long, or another's lock stood in the way. Nothing was
 * written, and the same call may be sent again. Not a DomainError: whoever turns a refusal into an answer of their own must not take it for one.
 */
export class BusyError extends Error {
  /** What the database said, for the log. */
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(`busy: ${code}`, { cause });
    this.name = "BusyError";
    this.code = code;
  }
}

type Details = Record<string, unknown>;

export const notFound = () => new DomainError("NotFound", "notFound");
export const forbidden = () => new DomainError("Forbidden", "forbidden");
export const unauthenticated = () => new DomainError("Unauthenticated", "unauthenticated");
export const locked = () => new DomainError("Locked", "locked");
export const conflict = (key: string, details?: Details) => new DomainError("Conflict", key, { details });
export const precondition = (key: string, details?: Details) => new DomainError("Precondition", key, { details });
/** @param retryAfter seconds until the next try is worth it. */
export const limitReached = (retryAfter: number) =>
  new DomainError("LimitReached", "limitReached", { details: { retryAfter } });
export const invalid = (key: string, fields: Record<string, string> = {}, details: Details = {}) =>
  new DomainError("Invalid", key, { fields, details });
