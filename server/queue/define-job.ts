import type { z } from "zod";
import type { ids, noIds } from "./ids.ts";

type IdsOnly = ReturnType<typeof ids> | typeof noIds;

/** How often a failed job is tried again: `attempts` in all, the n-th wait being about `firstDelayMs * 2^(n-1)`, shortened at random. */
export interface Retry {
  attempts: number;
  firstDelayMs: number;
}

export interface Job<Payload extends IdsOnly = IdsOnly> {
  readonly kind: "job";
  readonly name: string;
  readonly payload: Payload;
  readonly retry: Retry;
}

/** What a job carries: ids only. */
export type PayloadOf<J extends Job> = z.output<J["payload"]>;

/** About one hour and twenty minutes in ten tries: long enough for a restart or a network fault to pass. */
const patient: Retry = { attempts: 10, firstDelayMs: 10_000 };

/**
 * Declares a job: its name (also the log and metric label), the ids it carries and how it is retried. Its handler is an
 * ordinary verb that server/worker.ts joins to it, so that a producer never imports what the job does.
 */
export function defineJob<const Payload extends IdsOnly>(job: {
  name: string;
  payload: Payload;
  retry?: Retry;
}): Job<Payload> {
  return { kind: "job", retry: patient, ...job };
}

/** A job that the worker starts by itself at a steady pace. A tick that fails is not retried: the next one comes. */
export interface RecurringJob {
  readonly kind: "recurring-job";
  readonly name: string;
  readonly everyMs: number;
}

/** Declares a job of the house itself: sealing, sweeping, re-wrapping. It carries nothing and must bear being run twice at once. */
export function defineRecurringJob(job: { name: string; everyMs: number }): RecurringJob {
  return { kind: "recurring-job", ...job };
}
