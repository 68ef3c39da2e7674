import type { auditActions, auditOutcomes } from "./schema.ts";

/** Someone or something that a line names: an id for ever, a name as long as it is kept. */
export interface Named {
  readonly id: string;
  /** null: erased, or not for this reader. */
  readonly label: string | null;
}

/** A line of the journal as a reader sees it. */
export interface AuditEventRecord {
  readonly id: string;
  readonly recordedAt: Date;
  readonly event: string;
  readonly action: (typeof auditActions)[number];
  readonly outcome: (typeof auditOutcomes)[number];
  readonly entity: string;
  readonly entities: readonly Named[];
  readonly patient: Named | null;
  /** null: the system itself. */
  readonly agent: Named | null;
  readonly agentRole: string | null;
  readonly ground: string;
  readonly address: string | null;
  readonly sessionId: string | null;
  readonly requestId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Its number in the chain; null for the moment that it takes to be sealed. */
  readonly seq: number | null;
  readonly hash: string | null;
}

export interface AuditEventPage {
  readonly events: readonly AuditEventRecord[];
  /** What to ask for as `before` to go on; null on the last page. */
  readonly next: string | null;
}
