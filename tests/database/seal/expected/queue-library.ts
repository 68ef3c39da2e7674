/**
 * BullMQ's own tables and types in the schema `queue` (server/queue/migrate-queue.ts). They are made by the library, so they
 * follow its habits (enums, no row security). What keeps them harmless: they hold ids and job names only, and one login,
 * chevet_queue, is the only one that may touch them. A table of ours is not on this list and follows our laws.
 */
export const libraryTables: readonly string[] = [
  "dedup",
  "dedup_next",
  "event",
  "job",
  "job_dependency",
  "job_log",
  "meta",
  "metrics",
  "migration",
  "rate_limit",
  "relay_inbox",
  "relay_node",
  "relay_retained",
  "relay_subscription",
  "scheduler",
].map((name) => `queue.${name}`);

export const libraryTypes: readonly string[] = ["queue.dep_status", "queue.job_state"];

/** Functions of ours in that schema; every other one there is the library's. */
export const ourQueueRoutines: readonly string[] = ["queue.holds_ids_only", "queue.wake_relay"];

export const isLibraryTable = (name: string) => libraryTables.includes(name);
