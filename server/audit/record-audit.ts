import type { ClinicContext, SystemContext, VisitorContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";

export interface AuditEntry {
  /** A closed word, noun first: `patient.read`, `member.role-changed`. */
  readonly event: string;
  /** FHIR R4 AuditEvent.action: create, read, update, delete, execute. */
  readonly action: "C" | "R" | "U" | "D" | "E";
  readonly outcome?: "success" | "refused" | "failed";
  /** FHIR resource or Chevet noun: `Patient`, `Membership`. */
  readonly entity: string;
  readonly entityIds?: readonly string[];
  readonly patientId?: string;
  /** On what ground the information was used: care, administration, break-glass, patient-request. */
  readonly ground?: "care" | "administration" | "break-glass" | "patient-request";
  /** ids, hashes, versions and closed words; never a name, an address or a text that somebody typed. */
  readonly detail?: Record<string, string | number | boolean | null | readonly string[]>;
}

/** One line of the clinic's journal, in the caller's transaction: a change and its trace stand or fall together (promise 7). */
export async function recordAudit(
  db: Db,
  ctx: ClinicContext | SystemContext | VisitorContext,
  entry: AuditEntry,
): Promise<void> {
  const person = "user" in ctx ? ctx : undefined;
  const clinicId = "job" in ctx ? ctx.clinicId : ctx.clinic.id;
  if (!clinicId) throw new Error(`${entry.event} belongs to no clinic`);
  await db.auditEvent.createMany({
    data: {
      clinicId,
      id: newId(),
      event: entry.event,
      action: entry.action,
      outcome: entry.outcome ?? "success",
      entity: entry.entity,
      entityIds: [...(entry.entityIds ?? [])],
      patientId: entry.patientId ?? null,
      // The worker acting for somebody writes in their name, and is told by its role.
      // Left out, not null: nobody's name is a column that a visitor may not write.
      ...(!("visitor" in ctx) && {
        agentId: person?.user.id ?? ("job" in ctx ? ctx.forUserId : null) ?? null,
        sessionId: person?.session.id ?? null,
      }),
      agentRole: person?.membership.role ?? ("visitor" in ctx ? "visitor" : "system"),
      requestId: ctx.requestId,
      address: "job" in ctx ? null : ctx.origin.address,
      ground: entry.ground ?? "administration",
      detail: { ...entry.detail },
    },
  });
}
