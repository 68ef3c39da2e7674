import { z } from "zod";

/** FHIR R4 AuditEvent.action: create, read, update, delete, execute. */
export const auditActions = ["C", "R", "U", "D", "E"] as const;
export const auditOutcomes = ["success", "refused", "failed"] as const;

/** Which lines of the journal. Days are the clinic's own, both included. */
export const auditFilter = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  event: z
    .string()
    .regex(/^[a-z0-9.-]{1,100}$/)
    .optional(),
  action: z.enum(auditActions).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  agentId: z.uuid().optional(),
  patientId: z.uuid().optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** One page, newest first. `before` is the last line of the page before. */
export const listAuditEventsInput = auditFilter.extend({
  before: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(50),
  /** The page refreshes itself: the journal does not count it as another look. */
  refresh: z.boolean().default(false),
});
export type ListAuditEventsInput = z.infer<typeof listAuditEventsInput>;

/** One's own gestures: the same, without a choice of person. */
export const listOwnAuditEventsInput = listAuditEventsInput.omit({ agentId: true });
export type ListOwnAuditEventsInput = z.infer<typeof listOwnAuditEventsInput>;
