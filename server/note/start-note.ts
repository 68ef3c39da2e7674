import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { openEncounter } from "#server/encounter/open-encounter.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { settleTemplate } from "#server/questionnaire/settle-template.ts";
import { usualTemplate } from "#server/questionnaire/usual-template.ts";
import { beginNote } from "./begin-note.ts";
import type { StartNoteInput } from "./schema.ts";

export interface StartedNote {
  readonly id: string;
  readonly begun: boolean;
  /** It is signed already: to be read. */
  readonly signed: boolean;
}

/**
 * Opens this person's encounter at the visit, or one of its own, and begins a note in it. A note that they already write there is given back
 * instead: pressed twice, one is begun.
 * @throws NotFound; Invalid `note.otherPatient`; Precondition for a record opened by mistake, or a template that is no longer used
 */
export async function startNote(ctx: ClinicContext, input: StartNoteInput): Promise<StartedNote> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, appointmentId, template, again, tab } = input;
  return withStaff(ctx, async (db) => {
    if (await db.note.findFirst({ where: { clinicId, id }, select: { id: true } }))
      return { id, begun: false, signed: false };
    await requireLivePatient(db, ctx, patientId);
    const encounter = await openEncounter(db, ctx, {
      id: input.encounterId,
      patientId,
      appointmentId,
      class: input.class,
      reason: input.reason,
      startedAt: input.occurredAt,
    });
    const open = await db.note.findFirst({
      where: { clinicId, encounterId: encounter.id, authorId: ctx.user.id, status: "preliminary", amendsId: null },
      select: { id: true },
    });
    if (open) return { id: open.id, begun: false, signed: false };
    const last = again === false ? await lastSigned(db, ctx, encounter.id) : null;
    if (last) return { id: last.id, begun: false, signed: true };
    const { questionnaireId, number } = await settleTemplate(db, ctx, template ?? (await usualTemplate(db, ctx)));
    await beginNote(db, ctx, {
      id,
      patientId,
      encounterId: encounter.id,
      questionnaireId,
      questionnaireNumber: number,
      occurredAt: encounter.startedAt,
      tab,
    });
    await recordAudit(db, ctx, {
      event: "note.begun",
      action: "C",
      entity: "Note",
      entityIds: [id, encounter.id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id, begun: true, signed: false };
  });
}

/** What this person signed last at this encounter. */
const lastSigned = (db: Db, ctx: ClinicContext, encounterId: string) =>
  db.note.findFirst({
    where: {
      clinicId: ctx.clinic.id,
      encounterId,
      authorId: ctx.user.id,
      amendsId: null,
      status: { in: ["final", "amended"] },
    },
    orderBy: { signedAt: "desc" },
    select: { id: true },
  });
