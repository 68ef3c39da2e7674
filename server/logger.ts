import pino from "pino";
import { env } from "./env.ts";
import { errorCode } from "./error-code.ts";

/**
 * The technical log: one JSON object per line, safe by an allow-list. An event has a fixed name and only the fields below;
 * anything else is dropped before it is written, so that a careless `log.info("x", { patient })` says nothing about anyone.
 * Who did what to whom is the journal's business (server/audit), not the log's.
 */
export interface LogFields {
  requestId?: string;
  clinicId?: string;
  job?: string;
  jobId?: string;
  deliveryId?: string;
  kind?: string;
  /** A door or procedure by its template ("clinic.trpc", "patient.search"), never a path: a path holds a slug or a token. */
  door?: string;
  method?: string;
  status?: number;
  state?: string;
  code?: string;
  attempt?: number;
  count?: number;
  port?: number;
  durationMs?: number;
  backend?: string;
  signal?: string;
  version?: string;
}

/** `noun.event` in lower case: a fixed name, never a sentence with values in it. */
type EventName = `${string}.${string}`;

export interface Logger {
  debug(event: EventName, fields?: LogFields): void;
  info(event: EventName, fields?: LogFields): void;
  warn(event: EventName, fields?: LogFields, error?: unknown): void;
  error(event: EventName, fields?: LogFields, error?: unknown): void;
  /** The same logger with fields that every line of one request or job repeats. */
  with(fields: LogFields): Logger;
}

const allowed: Record<keyof LogFields, "string" | "number"> = {
  requestId: "string",
  clinicId: "string",
  job: "string",
  jobId: "string",
  deliveryId: "string",
  kind: "string",
  door: "string",
  method: "string",
  status: "number",
  state: "string",
  code: "string",
  attempt: "number",
  count: "number",
  port: "number",
  durationMs: "number",
  backend: "string",
  signal: "string",
  version: "string",
};
/** Ids, codes and names of ours: no space, no @, no accent. A value that is not one of them is somebody's data. */
const token = /^[A-Za-z0-9_.:/-]{1,80}$/;
/** A stack frame ends in a line and a column; a message line that begins with "at" does not. */
const frame = /^\s+at .*:\d+:\d+\)?$/;
const eventName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

function allowedOnly(fields: LogFields | undefined): Record<string, string | number> {
  const kept = Object.entries(fields ?? {}).filter(([name, value]) => {
    if (typeof value !== allowed[name as keyof LogFields]) return false;
    return typeof value === "number" || token.test(value);
  });
  return Object.fromEntries(kept);
}

/** Where the error was thrown, without its message: the frames of the stack only. */
function whereThrown(error: unknown): object | undefined {
  if (error === undefined) return undefined;
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => frame.test(line)) : [];
  return { code: errorCode(error), at: frames.slice(0, 6).map((line) => line.trim()) };
}

function wrap(sink: pino.Logger): Logger {
  const write =
    (level: "debug" | "info" | "warn" | "error") => (event: EventName, fields?: LogFields, error?: unknown) =>
      sink[level]({ ...allowedOnly(fields), error: whereThrown(error) }, eventName.test(event) ? event : "log.unnamed");
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    with: (fields) => wrap(sink.child(allowedOnly(fields))),
  };
}

/** A logger that writes to `stream`; the processes use `logger`, a test its own. */
export function createLogger(stream: pino.DestinationStream, level: string): Logger {
  return wrap(
    pino(
      {
        level,
        base: null,
        messageKey: "event",
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      stream,
    ),
  );
}

/** Synchronous on purpose: a line said before a crash must be on the disk after it. */
export const logger: Logger = createLogger(pino.destination({ dest: 1, sync: true }), env().LOG_LEVEL);
