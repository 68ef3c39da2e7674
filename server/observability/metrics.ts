import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/**
 * What Prometheus reads. Labels come from closed lists in the code (a job's name, a role, a door's template): never an id, a slug
 * or a path, which would tell who uses what and grow without end.
 */
export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: "chevet_" });

const registers = [registry];
const seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

export const requestSeconds = new Histogram({
  name: "chevet_request_seconds",
  help: "Time to answer, by door and class of status",
  labelNames: ["door", "method", "status"],
  buckets: seconds,
  registers,
});

export const transactionSeconds = new Histogram({
  name: "chevet_transaction_seconds",
  help: "Time of a database transaction, by the role it entered as",
  labelNames: ["role", "outcome"],
  buckets: seconds,
  registers,
});

export const jobSeconds = new Histogram({
  name: "chevet_job_seconds",
  help: "Time of a job's run, by job and outcome (done, again, dead)",
  labelNames: ["job", "outcome"],
  buckets: seconds,
  registers,
});

export const keptTimesAsked = new Counter({
  name: "chevet_kept_times_asked_total",
  help: "Questions about free times; kept=true for those that an earlier answer served",
  labelNames: ["kept"],
  registers,
});

export const outboxRelayed = new Counter({
  name: "chevet_outbox_relayed_total",
  help: "Outbox rows handed to the queue; again=true for those that had gone silent",
  labelNames: ["again"],
  registers,
});

export const deliveries = new Counter({
  name: "chevet_deliveries_total",
  help: "Sends that were settled, by channel and state (sent, failed, bounced, unknown, cancelled)",
  labelNames: ["channel", "state"],
  registers,
});
