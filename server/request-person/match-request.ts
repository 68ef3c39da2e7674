import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { normaliseContact } from "#server/patient/normalise-contact.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { needRequest } from "./need-request.ts";
import type { MatchRequestInput } from "./schema.ts";

/**
 * Says whose record a request is: its visits join that record, and what was typed stays beside them as it was typed.
 * @throws Conflict `stale`; Precondition `request.notOpen`, or when the record was opened by mistake; NotFound
 */
export async function matchRequest(ctx: ClinicContext, input: MatchRequestInput): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  requirePermission(ctx, "patient:write");
  return withStaff(ctx, (db) => joinRecord(db, ctx, input));
}

/** The match itself, inside a verb's transaction. */
export async function joinRecord(db: Db, ctx: ClinicContext, input: MatchRequestInput): Promise<{ version: number }> {
  const clinicId = ctx.clinic.id;
  const { id, patientId, keepContacts } = input;
  const request = await needRequest(db, ctx, input);
  if (request.status !== "open") throw precondition("request.notOpen");
  await requireLivePatient(db, ctx, patientId);
  const { count } = await db.requestPerson.updateMany({
    where: { clinicId, id, version: request.version },
    data: { status: "matched", patientId, authorId: ctx.user.id, version: { increment: 1 } },
  });
  if (count === 0) throw precondition("request.notOpen");
  await db.appointment.updateMany({
    where: { clinicId, requestPersonId: id },
    data: { patientId, version: { increment: 1 } },
  });
  // What is offered now and accepted later stands in the record too.
  await db.waitlistOffer.updateMany({ where: { clinicId, requestPersonId: id, status: "open" }, data: { patientId } });
  if (keepContacts) await addMissingContacts(db, ctx, patientId, request);
  await recordAudit(db, ctx, {
    event: "request.matched",
    action: "U",
    entity: "RequestPerson",
    entityIds: [id],
    patientId,
    ground: groundOf(ctx),
  });
  return { version: request.version + 1 };
}

/** Fills what a record lacks: an address where it has none, a number where it has none. */
async function addMissingContacts(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  { email, phone, relation }: { readonly email: string; readonly phone: string; readonly relation: string },
): Promise<void> {
  // A parent's own address is not the child's: it stays with the request.
  if (relation !== "self") return;
  const clinicId = ctx.clinic.id;
  const base = { use: "home", rank: 1 } as const;
  const typed = [
    ...(email ? [normaliseContact({ system: "email", value: email, ...base })] : []),
    ...(phone ? [normaliseContact({ system: "phone", value: phone, ...base })] : []),
  ];
  const known = await db.patientContact.findMany({
    where: { clinicId, patientId, endedAt: null },
    select: { system: true },
    take: 100,
  });
  // Anybody may type somebody's name: an address that the record has is never joined by one that a stranger proved to be theirs.
  const missing = typed.filter(({ system }) => !known.some((one) => one.system === system));
  if (missing.length === 0) return;
  await db.patientContact.createMany({
    data: missing.map((contact) => ({ ...contact, clinicId, id: newId(), patientId, authorId: ctx.user.id })),
  });
}
