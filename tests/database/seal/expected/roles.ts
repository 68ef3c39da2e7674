/** The roles of the house (prisma/database.sql makes them). A role that is not here does not belong. */

export const serving = [
  "staff",
  "patient",
  "visitor",
  "auth",
  "registrar",
  "host",
  "billing",
  "relay",
  "sealer",
  "mover",
] as const;

/** Who may become whom: the first message of a transaction is the only way. */
export const becomes: Readonly<Record<string, readonly string[]>> = {
  web: ["auth", "host", "patient", "registrar", "staff", "visitor"],
  worker: ["auth", "billing", "mover", "relay", "sealer", "staff"],
  // Hands the search functions over to the role that owns them.
  owner: ["search"],
};

export const logins = ["owner", "web", "worker", "queue"] as const;

/** Settings of each login that keep a forgotten transaction from holding the others up; only their presence is law. */
export const timeouts: Readonly<Record<string, readonly string[]>> = {
  web: ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
  worker: ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
  owner: ["lock_timeout"],
};

/** Which schemas a role may look into at all. The host has no way into `clinic` (promise 3). */
export const schemaUsage: Readonly<Record<string, readonly string[]>> = {
  clinic: ["mover", "patient", "registrar", "sealer", "search", "staff", "visitor"],
  identity: ["auth", "registrar", "sealer", "staff"],
  host: ["auth", "host", "registrar", "relay", "staff", "visitor"],
  queue: ["auth", "billing", "host", "mover", "patient", "queue", "registrar", "relay", "sealer", "staff", "visitor"],
  reference: [
    "auth",
    "billing",
    "host",
    "mover",
    "patient",
    "registrar",
    "relay",
    "sealer",
    "search",
    "staff",
    "visitor",
    "web",
    "worker",
  ],
};
